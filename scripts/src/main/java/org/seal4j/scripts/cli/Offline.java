package org.seal4j.scripts.cli;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.scripts.recipe.RecordTree;

/** Refuses a recipe that would use the network; endpoints of other models are all that does. */
final class Offline {
  private Offline() {}

  /** Refuses keys that name an endpoint: they have a url and a model. */
  static void require(Record keys) {
    require(keys, Set.of());
  }

  /**
   * The same.
   *
   * @param answered keys of endpoints that are asked nothing more
   */
  static void require(Record keys, Set<String> answered) {
    require("", RecordTree.of(keys), answered);
  }

  private static void require(
      String prefix, Map<?, ? extends @Nullable Object> tree, Set<String> answered) {
    tree.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> group) {
            String path = prefix + key;
            Checks.require(
                !(group.containsKey("url") && group.containsKey("keyVariable"))
                    || answered.contains(path),
                "--offline: %s asks a model at %s; set %s to null, or leave out --offline",
                path,
                String.valueOf(group.get("url")),
                path);
            require(path + ".", group, answered);
          }
        });
  }
}
