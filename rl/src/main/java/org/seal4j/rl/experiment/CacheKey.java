package org.seal4j.rl.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.ProvenJson;

/**
 * All that decides the bits of a pretrained model. Its hash names the model's folder in the cache,
 * which holds it in {@code key.json}.
 *
 * @param recipe what is computed: sizes, training, seeds and data, as texts
 * @param computedBy what computes it, by name ({@link ComputedBy})
 */
record CacheKey(List<String> recipe, Map<String, String> computedBy) {
  CacheKey {
    recipe = List.copyOf(recipe);
    computedBy = new LinkedHashMap<>(computedBy);
  }

  /** The key of a pretraining in this JVM. */
  static CacheKey of(Pretraining how, String backend) {
    return new CacheKey(how.key(backend), ComputedBy.here());
  }

  /** SHA-256 of all parts. */
  String hash() {
    List<String> parts = new ArrayList<>(recipe);
    computedBy.forEach((name, value) -> parts.add(name + " " + value));
    return ContentHash.ofTexts(parts);
  }

  void write(Path file) {
    ProvenJson.write(file, this);
  }

  /** Refuses a folder whose {@code key.json} names another model. */
  void requireSame(Path file) {
    CacheKey stored = ProvenJson.read(file, CacheKey.class);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(recipe.size(), stored.recipe.size()); i++) {
      compare("recipe", part(stored.recipe, i), part(recipe, i), differences);
    }
    computedBy.forEach(
        (name, value) ->
            compare(name, stored.computedBy.getOrDefault(name, "nothing"), value, differences));
    Checks.require(
        differences.isEmpty() && stored.equals(this),
        "%s names another model than its folder: %s",
        file,
        String.join("; ", differences));
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "nothing";
  }

  private static void compare(String name, String stored, String now, List<String> differences) {
    if (!stored.equals(now)) {
      differences.add("%s is '%s' there but '%s' here".formatted(name, stored, now));
    }
  }
}
