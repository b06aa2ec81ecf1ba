package org.seal4j.scripts.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Shown;

/** A YAML document as it was written, each node with its place. Immutable. */
sealed interface YamlNode {

  /** Where the key of this node stands. */
  Place place();

  /** What a person would call this node in a message. */
  String words();

  /** A mapping, keys in file order. */
  record Mapping(Place place, Map<String, YamlNode> entries) implements YamlNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    @Override
    public String words() {
      return "a group of keys";
    }

    /**
     * This mapping with the keys of another one laid over it: groups are merged, all else replaced.
     * New keys come last. A merged group stands where the other one has it: what does not fit
     * together in it was said there.
     */
    Mapping overlaidBy(Mapping over) {
      Map<String, YamlNode> merged = new LinkedHashMap<>(entries);
      over.entries.forEach(
          (key, value) ->
              merged.put(
                  key,
                  merged.get(key) instanceof Mapping below && value instanceof Mapping above
                      ? new Mapping(above.place, below.overlaidBy(above).entries)
                      : value));
      return new Mapping(place, merged);
    }

    /** This mapping without some keys. */
    Mapping without(List<String> keys) {
      Map<String, YamlNode> rest = new LinkedHashMap<>(entries);
      keys.forEach(rest::remove);
      return new Mapping(place, rest);
    }
  }

  /** A list. */
  record Items(Place place, List<YamlNode> items) implements YamlNode {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String words() {
      return "a list";
    }
  }

  /**
   * A number, a word, a text; the type is decided by the record that receives it.
   *
   * @param text as written, without quotes; null for YAML's null
   */
  record Scalar(Place place, @Nullable String text) implements YamlNode {

    @Override
    public String words() {
      return text == null ? "null" : "'" + Shown.text(text) + "'";
    }
  }
}
