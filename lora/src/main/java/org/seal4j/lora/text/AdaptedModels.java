package org.seal4j.lora.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Nearest;
import org.seal4j.model.kernel.WeightForm;

/**
 * One model and several adapters over it, each by its name. The weights of the model are in memory
 * once.
 *
 * <pre>{@code
 * try (AdaptedModels models = AdaptedModels.open(path, null, Map.of("law", law, "taxes", taxes))) {
 *   SingleQuestion question = new SingleQuestion(List.of(), "Who pays?");
 *   for (String name : models.names()) {
 *     System.out.println(name + ": " + question.ask(models.get(name), request, piece -> {}).text());
 *   }
 * }
 * }</pre>
 */
public final class AdaptedModels implements AutoCloseable {
  /** The name of the model alone. */
  public static final String NONE = "none";

  private final TextModel base;
  private final Map<String, TextModel> adapted = new LinkedHashMap<>();

  private AdaptedModels(TextModel base) {
    this.base = base;
  }

  /**
   * Reads the model and all adapters.
   *
   * @param tokenizer file or folder of the tokenizer, null to take the one beside the model
   * @param adapters by name, in the order of {@link #names()}; none may be called {@link #NONE}
   */
  public static AdaptedModels open(
      Path model, @Nullable Path tokenizer, Map<String, Path> adapters) {
    return open(model, tokenizer, adapters, Computing.usual());
  }

  /**
   * The same, for writing with weights in fewer bits.
   *
   * @param form of the weights that tokens are written with; prompts are read in float32
   */
  public static AdaptedModels open(
      Path model, @Nullable Path tokenizer, Map<String, Path> adapters, WeightForm form) {
    return open(model, tokenizer, adapters, Computing.with(form));
  }

  /** The same, with a choice of all that decides how it computes. */
  public static AdaptedModels open(
      Path model, @Nullable Path tokenizer, Map<String, Path> adapters, Computing how) {
    Checks.require(
        !adapters.containsKey(NONE),
        "an adapter cannot be called %s, which is the model alone; give it another name",
        NONE);
    AdaptedModels models = new AdaptedModels(TextModel.open(model, tokenizer, null, how));
    try {
      adapters.forEach((name, path) -> models.adapted.put(name, models.base.withAdapter(path)));
      return models;
    } catch (RuntimeException e) {
      models.close();
      throw e;
    }
  }

  /** Names of the adapters; without {@link #NONE}. */
  public List<String> names() {
    return List.copyOf(adapted.keySet());
  }

  /**
   * The model with one of the adapters; closed with this.
   *
   * @param name of an adapter, or {@link #NONE}
   */
  public TextModel get(String name) {
    Map<String, TextModel> all = new LinkedHashMap<>(adapted);
    all.put(NONE, base);
    return Nearest.get(all, name, "the model has no adapter");
  }

  /** Sentences on what the adapters' files say to no effect, for the user to read. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    adapted.values().forEach(model -> warnings.addAll(model.warnings()));
    return warnings;
  }

  @Override
  public void close() {
    adapted.values().forEach(TextModel::close);
    base.close();
  }
}
