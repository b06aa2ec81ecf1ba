package org.seal4j.scripts.tuning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.weights.ModelFolder;

/**
 * What a run leaves: an adapter in the form of PEFT, or a model as a Hugging Face folder, each with
 * tokenizer and chat template. What a stopped run left of it is written anew.
 */
public final class TrainedFolder {
  /** Where the adapter lies in the run folder. */
  public static final String ADAPTER = "adapter";

  /** Where the model lies. */
  public static final String MODEL = "model";

  private TrainedFolder() {}

  /**
   * Writes an adapter.
   *
   * @param bank of one adapter
   * @param base SHA-256 of the model's weights
   */
  public static void adapter(Path folder, AdapterBank bank, ModelFolder model, String base) {
    clear(folder);
    make(folder);
    model.saveTokenizer(folder);
    try (PeftAdapter adapter = PeftAdapter.of(model.config(), bank, 0, model.source().toString())) {
      adapter.save(folder, Map.of(PeftAdapter.BASE_HASH, base));
    }
  }

  /** Writes a model with all that belongs to it. */
  public static void model(Path folder, ModelFolder model) {
    clear(folder);
    model.save(folder);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw Checks.refuse("cannot make folder %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /** Deletes a folder of this run with all that is in it. */
  public static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", folder, AtomicFile.reason(e));
    }
  }
}
