package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.seed.Seeds;
import org.seal4j.scripts.recipe.RecordText;
import org.seal4j.scripts.tuning.BaseKeys;

/**
 * How the adapters of a bundle are made, as the bundle keeps it: a document that is added later is
 * learned in the same way, and gets the adapters that it had got at first.
 *
 * @param seeds value of the root of all randomness
 * @param adapt the keys of the run, but for its documents
 */
public record BundleRecipe(long seeds, AdaptKeys adapt) {

  /** Of a run. */
  static BundleRecipe of(AdaptKeys recipe, Seeds root) {
    return new BundleRecipe(root.value(), with(recipe, recipe.model(), List.of()));
  }

  private static AdaptKeys with(AdaptKeys recipe, BaseKeys model, List<Path> documents) {
    return new AdaptKeys(
        model,
        new SourceKeys(documents, null, recipe.documents().passageWords(), null),
        recipe.questions(),
        recipe.study(),
        recipe.inner(),
        recipe.proof(),
        recipe.bundle(),
        null);
  }

  /** As it stands in the bundle. */
  String text() {
    return RecordText.write(this);
  }

  /** Reads what stands there. */
  static BundleRecipe read(String shown, String text) {
    return RecordText.read(shown, text, BundleRecipe.class);
  }

  /**
   * The keys for documents that are added.
   *
   * @param model another place of the model; null where it is where it was
   */
  AdaptKeys learning(List<Path> documents, @Nullable Path model) {
    return with(adapt, model == null ? adapt.model() : new BaseKeys(model), documents);
  }

  Seeds root() {
    return new Seeds(seeds);
  }
}
