package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.table.RowLog;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.scripts.Repository;
import org.seal4j.scripts.train.SmallModel;

/**
 * A run of kind {@code corpus} that was killed goes on to the same bytes, whether it was writing,
 * training or asking.
 */
@Tag("slow")
class CorpusResumedTest {
  private static final Path DATA = Path.of("scripts/src/test/resources/recipe-rows/data");

  @TempDir static Path temp;
  private static Product product;
  private static Path run;

  @BeforeAll
  static void make_a_run() {
    product = Product.at(temp.resolve("home"));
    Path model = SmallModel.at(temp.resolve("model"), SmallModel.TEMPLATE);
    run = temp.resolve("run");
    List<Object> line = new ArrayList<>(List.of("run", "corpus-smollm", "--out=" + run, "--quiet"));
    Path passages = Repository.root().resolve(DATA).resolve("passages.json");
    line.add("--set=model.path=" + model);
    line.add("--set=data.passages=['" + passages + "']");
    line.add(
        "--set=methods=[base, retrieval bm25, own adapter, routed both, one for all on texts,"
            + " merged linear, in sequence with replay and anchor, in sequence with ewc]");
    for (String key :
        List.of(
            "data.questions=1",
            "data.loop=0.2",
            "data.development=0.2",
            "corpus.sizes=[1, 2]",
            "corpus.asked=2",
            "study.steps=30",
            "study.questions=2",
            "inner.lora.rank=2",
            "together.rank=2",
            "merging.rank=2",
            "sequence={count: 1, passages: 2, guardRows: 1, anchors: 2, ewcWeight: 1}",
            "answer.maxTokens=3",
            "policy.maxNewTokens=12",
            "policy.temperature=1.5")) {
      line.add("--set=" + key);
    }
    product.run(line.toArray()).done();
  }

  /** The run as it was when its tables were not yet written. */
  private static Path unfinished(String name) {
    Path half = Cases.copy(run, temp.resolve(name));
    for (String last :
        List.of(
            "SHA256SUMS",
            "summary.json",
            "timings.json",
            "report.html",
            "answers.arrow",
            "forgetting.arrow",
            "methods.arrow")) {
      delete(half.resolve(last));
    }
    return half;
  }

  private static void delete(Path file) {
    try (Stream<Path> all = Files.exists(file) ? Files.walk(file) : Stream.empty()) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void goes_on(Path half) {
    product.run("run", "--resume", half, "--quiet").done();
    assertThat(RunBytes.of(half)).isEqualTo(RunBytes.of(run));
    assertThat(RunBytes.of(half)).containsKeys("asked.arrows", "trained.arrows", "methods.arrow");
    product.run("verify", half).done();
  }

  @Test
  void a_run_killed_while_it_trained_goes_on_to_the_same_bytes() {
    Path half = unfinished("training");
    String second = RowLog.read(half.resolve("trained.arrows")).rows().get(1).string("adapter");
    HalfRun.keepRows(half.resolve("trained.arrows"), 1);
    delete(half.resolve("bundle/adapters").resolve(second));
    delete(half.resolve("bundle/bundle.json"));
    delete(half.resolve("bundle/index"));
    delete(half.resolve("together"));
    delete(half.resolve("together.arrows"));
    delete(half.resolve("asked.arrows"));
    goes_on(half);
  }

  @Test
  void a_run_stopped_in_the_training_of_one_adapter_for_all_goes_on_from_its_checkpoint()
      throws IOException {
    assertThat(run.resolve("checkpoints")).doesNotExist();
    Path half = unfinished("together");
    String second = RowLog.read(half.resolve("together.arrows")).rows().get(1).string("adapter");
    HalfRun.keepRows(half.resolve("together.arrows"), 1);
    delete(half.resolve("asked.arrows"));
    // A file where the folder of the adapter should be: it is trained, but cannot be kept.
    Path inTheWay = half.resolve("together").resolve(second);
    delete(inTheWay);
    Files.createFile(inTheWay);
    product.run("run", "--resume", half, "--quiet").refused(second);
    Path checkpoint = half.resolve("checkpoints/together-2/0.safetensors");
    assertThat(SafeTensors.metadata(checkpoint)).containsEntry("step", "50");
    product.run("verify", half).done();

    delete(inTheWay);
    goes_on(half);
  }

  @Test
  void a_run_killed_in_a_sequence_goes_on_to_the_same_bytes() {
    Path half = unfinished("sequence");
    for (String guard : List.of("replay-and-anchor", "ewc")) {
      Path log = half.resolve("sequences/in-sequence-with-" + guard + "-1.arrows");
      String second = RowLog.read(log).rows().get(1).string("adapter");
      HalfRun.keepRows(log, 1);
      delete(half.resolve("merged").resolve(second));
    }
    delete(half.resolve("asked.arrows"));
    goes_on(half);
  }

  @Test
  void a_run_killed_while_it_asked_goes_on_to_the_same_bytes() {
    Path half = unfinished("asking");
    int rows = RowLog.read(half.resolve("asked.arrows")).rows().size();
    // In the middle of a piece, whose beginning is asked again and must be the same.
    HalfRun.keepRows(half.resolve("asked.arrows"), rows / 2);
    goes_on(half);
  }

  @Test
  void a_log_of_another_run_is_refused() {
    Path half = unfinished("foreign");
    HalfRun.keepRows(half.resolve("asked.arrows"), 60);
    delete(half.resolve("trained.arrows"));
    Cases.copyFile(run.resolve("together.arrows"), half.resolve("trained.arrows"));
    product.run("run", "--resume", half, "--quiet").refused("trained.arrows");
  }
}
