package org.seal4j.data.synth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/** All primitives by name, and compositions of them such as {@code flipv+fill}. */
final class Catalogue {
  private static final Map<String, Primitive> PRIMITIVES = index();

  private Catalogue() {}

  /** The primitive or the composition with this name. */
  static Primitive named(String name) {
    @Nullable Primitive all = null;
    for (String part : name.split("\\+", -1)) {
      Primitive next = PRIMITIVES.get(part);
      if (next == null) {
        throw Checks.refuse(
            "no primitive '%s' (in family '%s'); known are %s", part, name, PRIMITIVES.keySet());
      }
      all = all == null ? next : all.then(next);
    }
    return Objects.requireNonNull(all);
  }

  private static Map<String, Primitive> index() {
    Map<String, Primitive> byName = new LinkedHashMap<>();
    Stream.of(
            Geometry.primitives(),
            Flows.primitives(),
            Lines.primitives(),
            Marks.primitives(),
            Colors.primitives())
        .flatMap(List::stream)
        .forEach(
            p ->
                Checks.require(
                    byName.put(p.name(), p) == null, "two primitives are named '%s'", p.name()));
    return byName;
  }
}
