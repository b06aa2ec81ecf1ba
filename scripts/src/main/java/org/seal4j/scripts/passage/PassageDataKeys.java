package org.seal4j.scripts.passage;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.squad.PassageSubset;

/**
 * Where passages come from.
 *
 * @param source invented, or the user's files
 * @param passages with {@code files}: passages as SQuAD v1.1 or v2.0, SEAL's regrouped form, XQuAD,
 *     or an Arrow table of them
 * @param subset with {@code files}: which of them; null for all
 * @param heldOut with {@code files}: share of the articles that the loop does not see; half of them
 *     are for development, half for confirmation
 */
public record PassageDataKeys(
    Source source, @Nullable String passages, @Nullable PassageSubset subset, double heldOut) {
  public PassageDataKeys {
    Checks.require(
        source == Source.FILES || (passages == null && subset == null),
        "data.passages and data.subset are read with data.source: files alone, as in squad-real;"
            + " this recipe invents its passages");
    Checks.require(
        heldOut > 0 && heldOut < 1, "data.heldOut must be between 0 and 1 but was %s", heldOut);
  }

  /** Kinds of sources. */
  public enum Source {
    /** An invented world; the model is pretrained on it. */
    WORLD,
    /** Files of the user. */
    FILES
  }

  /** Refuses where files are asked for and not there, or not what the prompts need. */
  void requireFiles(PassageKeys recipe) {
    if (source == Source.FILES) {
      Checks.require(
          Files.isRegularFile(RegularFile.require(passagesFile())),
          "data.passages is %s, but there is no such file",
          passagesFile());
      Path model = recipe.modelPath();
      Checks.require(
          Files.exists(model), "model.path is %s, but there is no such file or folder", model);
      recipe.prompts().requireTemplate(model);
    }
  }

  Path passagesFile() {
    return Path.of(
        Checks.present(
            passages,
            "data.passages is not set: name a file of passages with --set data.passages=FILE"));
  }
}
