package org.seal4j.scripts.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.scripts.Repository;

/** The examples of README and docs, compiled. */
class AdaptationExampleTest {
  private static final Path SOURCE =
      Path.of("scripts/src/test/java/org/seal4j/scripts/adapt/AdaptationExampleTest.java");

  /** As README prints it. */
  private static void example() {
    Adaptation.Result result =
        Adaptation.of(Path.of("models/smollm2.gguf"))
            .documents(Path.of("notes"))
            .distill()
            .run(Path.of("runs/notes"));
    System.out.println(result.before() + " before, " + result.after() + " after");
    result.adapter().ifPresent(folder -> System.out.println("adapter: " + folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/adaptation.md"})
  void every_line_of_the_example_stands_in_a_method_that_is_compiled(String page)
      throws IOException {
    Path root = Repository.root();
    String text = Files.readString(root.resolve(page));
    int from = text.indexOf("```java\n");
    List<String> lines =
        text.substring(from + 8, text.indexOf("```", from + 8)).lines().map(String::strip).toList();
    assertThat(lines).hasSizeBetween(5, 10);
    assertThat(Files.readAllLines(root.resolve(SOURCE)).stream().map(String::strip))
        .containsAll(lines);
  }

  @Test
  void a_model_that_is_missing_is_named() {
    assertThatThrownBy(AdaptationExampleTest::example)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("there is no model at models/smollm2.gguf");
  }
}
