package org.seal4j.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.outside.ExampleParts;
import org.seal4j.scripts.run.Experiments;

/** Recipes that name an optimizer and a schedule of someone else. */
@ExtendWith(ExampleParts.class)
class OutsideRecipeTest {
  private static final Path SETTINGS = Path.of("src/test/resources/recipe-rows/settings");

  @TempDir Path home;

  @Test
  @Tag("slow")
  void a_run_pretrains_adapts_and_learns_by_them_and_says_so() throws IOException {
    List<String> line = new ArrayList<>(List.of("run", "arc-smoke", "--quiet", "--workers=2"));
    line.add("--out=" + home.resolve("run"));
    for (String setting : Files.readAllLines(SETTINGS.resolve("arc-smoke.txt"))) {
      line.add("--set=" + setting);
    }
    line.add("--set=pretrain.optimizer={name: lion, beta1: 0.95}");
    line.add("--set=pretrain.schedule=inverse-root");
    line.add("--set=inner.optimizer=lion");
    line.add("--set=learn.schedule=inverse-root");
    StringWriter said = new StringWriter();
    assertThat(seal(line, said)).as(said.toString()).isZero();
    assertThat(Files.readString(home.resolve("run/effective.yaml")))
        .contains(
            "  optimizer:\n    name: lion\n    beta1: 0.95\n",
            "  optimizer: lion\n  schedule: constant\n",
            "  optimizer: null\n  schedule: inverse-root\n");
  }

  @Test
  void a_name_that_no_one_offers_is_refused_with_its_key() {
    StringWriter said = new StringWriter();
    List<String> line = List.of("run", "arc-smoke", "--set=inner.optimizer=sgd");
    assertThat(seal(line, said)).isNotZero();
    assertThat(said.toString())
        .contains(
            "--set inner.optimizer=sgd: in 'inner.optimizer': there is no optimizer 'sgd'; there"
                + " are adamw, lion, muon; to add one,");
  }

  @Test
  void what_is_no_name_is_refused_with_the_names_there_are() {
    StringWriter said = new StringWriter();
    assertThat(seal(List.of("run", "arc-smoke", "--set=learn.schedule={name: linear}"), said))
        .isNotZero();
    assertThat(said.toString())
        .contains(
            "key 'learn.schedule' must be one of constant, cosine, inverse-root, linear but is a"
                + " group of keys");
    said.getBuffer().setLength(0);
    assertThat(seal(List.of("run", "arc-smoke", "--set=inner.optimizer={beta1: 1}"), said))
        .isNotZero();
    assertThat(said.toString())
        .contains("in 'inner.optimizer': an optimizer with options needs a 'name'");
    said.getBuffer().setLength(0);
    String text = "--set=inner.optimizer={name: lion, beta1: high}";
    assertThat(seal(List.of("run", "arc-smoke", text), said)).isNotZero();
    assertThat(said.toString())
        .contains("the option 'beta1' of the optimizer 'lion' must be a number but is 'high'");
  }

  private int seal(List<String> line, StringWriter said) {
    PrintWriter out = new PrintWriter(said, true);
    Path recipes = RecipeHome.at(home, "arc-smoke", "arc-quick");
    return new Seal(Experiments.onClassPath(), Optional.of(recipes), (args, more) -> 99)
        .run(line, out, out);
  }
}
