package org.seal4j.scripts;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** The files that version 0.1.0 wrote; their README says how. */
final class OldFiles {
  /** Where they lie. */
  static final Path FOLDER =
      Repository.root().resolve("scripts/src/test/resources/old-files/0.1.0");

  private OldFiles() {}

  /**
   * What a command said.
   *
   * @param exitCode 0 when it did what was asked
   */
  record Said(int exitCode, String out, String err) {}

  /** Runs a command line of today with this home, whose cache is empty at first. */
  static Said seal(Path home, Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Seal seal = new Seal(Experiments.onClassPath(), Optional.of(home), (again, more) -> 99);
    List<String> line = Arrays.stream(args).map(Object::toString).toList();
    int code = seal.run(line, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Said(code, out.toString(), err.toString());
  }

  /** Copies a stored folder, so that a run can go on in it. */
  static Path copy(String name, Path to) throws IOException {
    Path from = FOLDER.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return to;
  }
}
