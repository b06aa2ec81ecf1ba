package org.seal4j.scripts.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.RegularFile;
import org.seal4j.scripts.tuning.Chat;

/**
 * What the model is trained on.
 *
 * @param rows file of JSON lines with {@code messages}, with {@code prompt} and {@code completion},
 *     or with {@code text}; null in the recipe, given by {@code --data} or {@code --set}
 * @param validation file of rows that are measured and not trained on; null to hold out some of
 *     {@code rows}
 * @param validationSplit share of {@code rows} that is held out where {@code validation} is null,
 *     in [0, 1); 0 measures rows that are trained on instead
 * @param validationRows most rows that are measured; null for all of them
 * @param maxTokens longest row in tokens; null for what the model reads at most
 * @param longRows what becomes of a longer row
 * @param chat how conversations, and prompts with completions, are written
 */
public record RowsKeys(
    @Nullable Path rows,
    @Nullable Path validation,
    double validationSplit,
    @Nullable Integer validationRows,
    @Nullable Integer maxTokens,
    LongRows longRows,
    Chat chat) {
  /** What becomes of rows with more tokens than are allowed. */
  public enum LongRows {
    /** Its end is cut off; a text goes on in a row of its own. */
    CUT,
    /** It is left out. */
    DROP,
    /** The run is refused. */
    REFUSE
  }

  public RowsKeys {
    Checks.require(
        validationSplit >= 0 && validationSplit < 1,
        "data.validationSplit must be in [0, 1) but was %s",
        validationSplit);
    Checks.require(
        validationRows == null || validationRows >= 1,
        "data.validationRows must be >= 1 but was %s",
        String.valueOf(validationRows));
    Checks.require(
        maxTokens == null || maxTokens >= 2,
        "data.maxTokens must be >= 2 but was %s",
        String.valueOf(maxTokens));
  }

  /** The file of rows, which must exist. */
  Path required() {
    Path named =
        Checks.present(
            rows,
            "data.rows is not set: name a file of JSON lines with --data FILE or --set"
                + " data.rows=FILE");
    requireFile("data.rows", named);
    return named;
  }

  /** Refuses files that are not there. */
  void requireFiles() {
    required();
    if (validation != null) {
      requireFile("data.validation", validation);
    }
  }

  /** Lines of the file of rows: about as many as there are rows. */
  int lines() {
    byte[] piece = new byte[1 << 16];
    int lines = 1;
    try (InputStream in = Files.newInputStream(required())) {
      for (int n = in.read(piece); n > 0; n = in.read(piece)) {
        for (int i = 0; i < n; i++) {
          lines += piece[i] == '\n' ? 1 : 0;
        }
      }
      return lines;
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", required(), AtomicFile.reason(e));
    }
  }

  private static void requireFile(String key, Path file) {
    Checks.require(
        Files.isRegularFile(RegularFile.require(file)),
        "%s: there is no file %s; name a file of JSON lines",
        key,
        file);
  }
}
