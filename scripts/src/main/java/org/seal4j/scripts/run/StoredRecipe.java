package org.seal4j.scripts.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seal4j.data.file.Proof;

/** The configuration of a run as YAML, with the {@link Proof} of the file as its last comment. */
public final class StoredRecipe {
  private static final String COMMENT = "# ";

  private StoredRecipe() {}

  static void write(Path file, String recipe) {
    String text = recipe.isEmpty() || recipe.endsWith("\n") ? recipe : recipe + "\n";
    Proof.writeText(file, text + COMMENT + Proof.BLANK + "\n");
  }

  /** The configuration of a run; refused where the file is not as it was written. */
  public static String text(Path run) {
    return read(run.resolve(RunFolder.EFFECTIVE));
  }

  /** The text that was written; refused where the file is not as it was written. */
  static String read(Path file) {
    byte[] content = Proof.bytes(file);
    Proof.require(content, file);
    String text = new String(content, StandardCharsets.UTF_8);
    return text.substring(0, text.length() - COMMENT.length() - Proof.BLANK.length() - 1);
  }

  /** Refuses a file that is not as it was written; one of an older version has no proof. */
  public static void check(Path file) {
    Proof.check(Proof.bytes(file), file);
  }
}
