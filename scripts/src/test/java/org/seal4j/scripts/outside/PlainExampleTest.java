package org.seal4j.scripts.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.TestClassPath;

/** The example in docs/examples/plain-dl4j runs an exported model without a class of Seal4J. */
class PlainExampleTest {
  @TempDir private Path folder;

  @Tag("slow")
  @Test
  void a_program_with_nd4j_alone_names_the_most_likely_next_id() throws Exception {
    Path example = Repository.root().resolve("docs/examples/plain-dl4j");
    String libraries = TestClassPath.libraries();
    String source =
        example.resolve("src/main/java/org/example/plain/ExportedModel.java").toString();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", libraries, "-d", folder.toString(), source);
    assertThat(compiled).isZero();
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + libraries,
                "org.example.plain.ExportedModel",
                example.resolve("src/test/resources/tiny.sd").toString(),
                "1",
                "7",
                "2",
                "9",
                "4")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(run.waitFor()).isZero();
    assertThat(said.lines().reduce((a, b) -> b)).hasValue("" + mostLikely(example));
  }

  private static int mostLikely(Path example) throws Exception {
    List<String> rows = Files.readAllLines(example.resolve("src/test/resources/tiny-logits.txt"));
    double[] last =
        Arrays.stream(rows.get(rows.size() - 1).split(" ", -1))
            .mapToDouble(Double::parseDouble)
            .toArray();
    int best = 0;
    for (int v = 1; v < last.length; v++) {
      best = last[v] > last[best] ? v : best;
    }
    return best;
  }
}
