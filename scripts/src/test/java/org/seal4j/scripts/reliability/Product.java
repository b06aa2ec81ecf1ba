package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** The product as a user meets it: command lines in this JVM, with a home that tests own. */
final class Product {
  /** Words of a fault or of a library; a user can do nothing with them. */
  private static final List<String> JARGON =
      List.of(
          "internal error",
          "Exception",
          "Error:",
          "org.seal4j",
          "com.fasterxml",
          "REDACTED",
          "StreamRead",
          "JsonRead",
          "Deserialization",
          "java.lang",
          "null pointer");

  private final Path home;

  private Product(Path home) {
    this.home = home;
  }

  /** What a command said. */
  record Said(int exitCode, String out, String err) {
    /** All of it. */
    String text() {
      return out + err;
    }

    /** Did what was asked. */
    Said done() {
      assertThat(exitCode).as(text()).isZero();
      return this;
    }

    /** Refused the input with one sentence that has these words in it, and nothing of a fault. */
    Said refused(String... words) {
      assertThat(exitCode).as("exit code, said: %s", text()).isEqualTo(Seal.EXIT_INPUT);
      requireSentence(err.strip(), words);
      return this;
    }
  }

  /** Stops a command in the middle, as a kill would: nothing of it runs on. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;

    Stopped(String at) {
      super(at);
    }
  }

  /** The home gets all recipes of this checkout, and a cache of its own. */
  static Product at(Path home) {
    try (Stream<Path> files = Files.list(Repository.root().resolve("scripts/recipes"))) {
      String[] names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.replace(".yaml", ""))
              .toArray(String[]::new);
      return new Product(RecipeHome.at(home, names));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command line to its end. */
  Said run(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = code(out, err, args);
    return new Said(code, out.toString(), err.toString());
  }

  /** Runs a command line until it prints this text. */
  void runUntil(String printed, Object... args) {
    StringWriter out = new StringWriter();
    Writer stopping =
        new Writer() {
          @Override
          public void write(char[] text, int from, int count) {
            out.write(text, from, count);
            if (out.toString().contains(printed)) {
              throw new Stopped(printed);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    StringWriter err = new StringWriter();
    try {
      int code = code(stopping, err, args);
      throw new AssertionError(
          "ended with %d before it printed '%s': %s%s".formatted(code, printed, out, err));
    } catch (Stopped expected) {
      assertThat(expected).hasMessage(printed);
    }
  }

  private int code(Writer out, Writer err, Object... args) {
    Seal seal = new Seal(Experiments.onClassPath(), Optional.of(home), (again, more) -> 99);
    List<String> line = Arrays.stream(args).map(Object::toString).toList();
    return seal.run(line, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  /** One line in plain words: no fault, no class name, no word of a library, no raw control. */
  static void requireSentence(String said, String... words) {
    List<String> wrong = new ArrayList<>();
    if (said.isBlank() || said.lines().count() != 1) {
      wrong.add("it has " + said.lines().count() + " lines");
    }
    Stream.of(words)
        .filter(word -> !said.contains(word))
        .map("it lacks "::concat)
        .forEach(wrong::add);
    // How to add an optimizer or a rule is told by the name of a file.
    String plain = said.replaceAll("META-INF/services/[\\w.]+", "a file");
    JARGON.stream().filter(plain::contains).map("it says "::concat).forEach(wrong::add);
    if (said.chars().anyMatch(Product::isControl)) {
      wrong.add("it holds control characters");
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError("not one plain sentence, " + wrong + ": " + said);
    }
  }

  /** Text for a terminal holds no control characters but line feeds and tabs. */
  static void requireNoControl(String said) {
    assertThat(said.chars().filter(Product::isControl).toArray())
        .as("control characters in: %s", said)
        .isEmpty();
  }

  private static boolean isControl(int character) {
    return Character.isISOControl(character) && character != '\n' && character != '\t';
  }
}
