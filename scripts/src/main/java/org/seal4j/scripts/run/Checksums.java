package org.seal4j.scripts.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;

/**
 * The content hashes of what a run makes in one file, {@value #FILE_NAME}, as {@code sha256sum -c}
 * reads it: its tables and logs, its checkpoints, its model. Two runs of one recipe have the same
 * file.
 */
public final class Checksums {
  /** The name of the file in a run folder. */
  public static final String FILE_NAME = "SHA256SUMS";

  /** Folders in the form of other programs, whose files carry no proof, or not all of them. */
  private static final List<String> FOREIGN =
      List.of("model/", "adapter/", "bundle/", "together/", "merged/");

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\\\]+)");

  private Checksums() {}

  /** Hashes every such file of the folder and of those in it, in the order of paths. */
  public static void write(Path folder) {
    StringBuilder text = new StringBuilder();
    for (Path file : listed(folder)) {
      text.append(ContentHash.ofFile(file)).append("  ").append(name(folder, file)).append('\n');
    }
    AtomicFile.writeText(folder.resolve(FILE_NAME), text.toString());
  }

  /** The hashes by the names of the files. */
  public static Map<String, String> read(Path folder) {
    return parsed(text(folder.resolve(FILE_NAME)));
  }

  private static Map<String, String> parsed(String text) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (String line : text.lines().toList()) {
      Matcher parts = LINE.matcher(line);
      if (parts.matches()) {
        hashes.put(parts.group(2), parts.group(1));
      }
    }
    return hashes;
  }

  /** Refuses a list that is not exactly as {@link #write} writes one. */
  static void requireForm(Path file) {
    String text = text(file);
    StringBuilder again = new StringBuilder();
    parsed(text).forEach((name, hash) -> again.append(hash).append("  ").append(name).append('\n'));
    Checks.require(
        !text.isEmpty() && text.contentEquals(again),
        "%s is damaged: it is not lines of 64 hexadecimal digits, two blanks and a name, each name"
            + " once",
        file);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private static List<Path> listed(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> isListed(name(folder, file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a file belongs on the list of a finished run. */
  static boolean isListed(String name) {
    return !name.startsWith(RunFolder.OWN_CACHE + "/")
        && (name.endsWith(".arrow")
            || name.endsWith(".arrows")
            || name.endsWith(".safetensors")
            || isForeign(name));
  }

  /**
   * Whether a file has the form of other programs and carries no proof: of a model or an adapter.
   */
  static boolean isForeign(String name) {
    return FOREIGN.stream().anyMatch(name::startsWith);
  }
}
