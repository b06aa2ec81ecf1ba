package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.rl.testing.FakeChat;

/** What a run that goes on finds in its folder: texts that were paid for, and files of others. */
@Tag("slow")
class ResumedRunTest {
  private static final String TEACHER = "teacher.json";

  @TempDir static Path temp;
  private static Product product;
  private static Path run;
  private static Path foreign;

  @BeforeAll
  static void make_two_runs_that_asked_another_model() {
    product = Product.at(temp.resolve("home"));
    try (FakeChat chat = new FakeChat(request -> "Adam Abbot lives in Aldora.")) {
      String other =
          ("--set=otherModel={endpoint: {url: '%s', model: m, keyVariable: '', connectSeconds: 5,"
                  + " requestSeconds: 20, tries: 1, backoffSeconds: 0}, writes: self_edit,"
                  + " temperature: 1.0, topP: 0.95, maxTokens: 64}")
              .formatted(chat.url());
      run = temp.resolve("run");
      product.run(SmallRuns.invented(run, "--quiet", other).toArray()).done();
      foreign = temp.resolve("foreign");
      product.run(SmallRuns.invented(foreign, "--quiet", other, "--set=seed=7").toArray()).done();
    }
  }

  private static Path half(String name) {
    return HalfRun.of(run, temp.resolve(name), 1);
  }

  @Test
  void a_run_that_has_all_texts_goes_on_offline_to_the_same_bytes() throws IOException {
    Path half = half("offline");
    product.run("run", "--resume", half, "--offline", "--quiet").done();
    assertThat(RunBytes.of(half)).isEqualTo(RunBytes.of(run));
    product.run("verify", half).done();
    Path without = half("without");
    Files.delete(without.resolve(TEACHER));
    product
        .run("run", "--resume", without, "--offline", "--quiet")
        .refused("--offline: otherModel.endpoint asks a model");
    assertThat(without.resolve("SHA256SUMS")).doesNotExist();
  }

  @Test
  void the_texts_of_another_run_are_never_used() {
    Path half = half("taught");
    Cases.copyFile(foreign.resolve(TEACHER), half.resolve(TEACHER));
    Product.Said verified = product.run("verify", half);
    assertThat(verified.exitCode()).as(verified.text()).isEqualTo(2);
    assertThat(verified.out()).contains(TEACHER);
    product.run("run", "--resume", half, "--quiet").refused(TEACHER, "another run");
    assertThat(half.resolve("SHA256SUMS")).doesNotExist();
    Cases.copyFile(run.resolve(TEACHER), half.resolve(TEACHER));
    product.run("run", "--resume", half, "--quiet").done();
    assertThat(RunBytes.of(half)).isEqualTo(RunBytes.of(run));
  }

  @Test
  void a_table_log_or_checkpoint_that_the_run_has_not_written_is_never_certified() {
    for (String stray : new String[] {"old.arrow", "old.arrows", "checkpoints/old.safetensors"}) {
      Path half = half("stray-" + stray.replace('/', '-'));
      String own =
          stray.endsWith(".arrow")
              ? "passages.arrow"
              : stray.endsWith(".arrows") ? "edits.arrows" : "checkpoints/round-0.safetensors";
      Cases.copyFile(foreign.resolve(own), half.resolve(stray));
      product.run("run", "--resume", half, "--quiet").refused(stray);
      assertThat(half.resolve("SHA256SUMS")).as(stray).doesNotExist();
    }
  }
}
