package org.seal4j.scripts.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.scripts.RecipeHome;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.cli.Seal;
import org.seal4j.scripts.run.Experiments;

/** The recipes of docs/examples run from the command line, in small. */
@Tag("slow")
@ExtendWith(ExampleParts.class)
class ExampleRecipesTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"reversal", "reversal-lion"})
  void a_recipe_of_another_jar_runs_to_its_report(String recipe) {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out, true);
    Path file = Repository.root().resolve("docs/examples").resolve(recipe + ".yaml");
    Path run = temp.resolve("run");
    Seal seal =
        new Seal(
            Experiments.onClassPath(),
            Optional.of(RecipeHome.at(temp.resolve("home"), "arc-smoke")),
            (args, environment) -> 99);
    List<String> line =
        List.of(
            "run",
            file.toString(),
            "--out=" + run,
            "--workers=1",
            "--set=pretrain.steps=4",
            "--set=pretrain.warmup=1",
            "--set=loop.rounds=1",
            "--set=loop.contextsPerRound=2",
            "--set=evaluate.contexts=2");
    assertThat(seal.run(line, writer, writer)).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("self-edits without RL", "round 1", "asked for the reversal");
    assertThat(run).isDirectoryContaining("glob:**/report.html");
    assertThat(run.resolve("effective.yaml"))
        .content()
        .contains(recipe.endsWith("lion") ? "lion" : "adamw");
  }
}
