package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;

/** The public collections, where they lie beside the repository. */
class RealCollectionsTest {

  @ParameterizedTest
  @CsvSource({
    "arc/arc-agi-1/training, 400, 416, 400",
    "arc/arc-agi-1/evaluation, 280, 295, 280",
    "arc/arc-agi-1, 680, 711, 680",
    "arc/1d-arc, 614, 614, 18",
    "arc/mini-arc, 104, 104, 104",
    "arc/conceptarc, 123, 369, 17",
    "arc/seal-kaggle-format/arc-agi_training_challenges.json, 400, 416, 400",
    "arc/seal-kaggle-format/arc-agi_evaluation_challenges.visible.json, 280, 295, 280",
    "arc/seal-kaggle-format/arc-agi_training_challenges_filtered_1B_training_set.json, 12, 13, 12",
    "arc/seal-kaggle-format/arc-agi_evaluation_challenges_filtered_1B_eval_set.visible.json,7,8,7",
  })
  @Tag("slow")
  void a_collection_has_its_known_numbers(String path, int files, int tasks, int families) {
    List<ArcTask> read = ArcReader.read(SharedData.orSkip(path));
    assertThat(read).hasSize(tasks);
    assertThat(read).extracting(ArcTask::id).doesNotHaveDuplicates();
    assertThat(read.stream().map(ArcTask::family).distinct()).hasSize(families);
    assertThat(read.stream().map(task -> source(task, read)).distinct()).hasSize(files);
  }

  private static String source(ArcTask task, List<ArcTask> all) {
    String id = task.id();
    String cut = id.replaceFirst("-[0-9]+$", "");
    boolean split = !cut.equals(id) && all.stream().anyMatch(one -> one.id().equals(cut + "-0"));
    return split ? cut : id;
  }

  @Test
  void the_kaggle_layout_holds_the_same_tasks_as_the_files() {
    List<ArcTask> files = ArcReader.read(SharedData.orSkip("arc/arc-agi-1/training"));
    List<ArcTask> kaggle =
        ArcReader.read(
            SharedData.orSkip("arc/seal-kaggle-format/arc-agi_training_challenges.json"));
    assertThat(kaggle).containsExactlyInAnyOrderElementsOf(files);
  }

  @Test
  void types_of_1d_arc_and_concepts_are_families() {
    assertThat(ArcReader.read(SharedData.orSkip("arc/1d-arc")).get(0).family())
        .isEqualTo("1d_denoising_1c");
    assertThat(ArcReader.read(SharedData.orSkip("arc/conceptarc")).get(0).family())
        .isEqualTo("AboveBelow");
  }

  /** The bounds are those that the reference's own code gives on these tasks, docs/seal.md §3.3. */
  @ParameterizedTest
  @CsvSource({
    "none, 4, 47",
    "basic, 96, 600",
    "size, 32, 200",
    "chain, 32, 350",
    "repeat, 32, 200",
    "all, 192, 1200"
  })
  void training_sets_of_the_filtered_tasks_have_the_sizes_of_the_reference(
      String group, int least, int most) {
    AugmentationFlags flags =
        new AugmentationFlags(
            group.equals("basic") || group.equals("all"),
            group.equals("size") || group.equals("all"),
            group.equals("chain") || group.equals("all"),
            group.equals("repeat") || group.equals("all"),
            false);
    TestTimeTrainingConfig uncapped =
        new TestTimeTrainingConfig(AugmentationSchema.REFERENCE, List.of(1, 2), 30, 9999, 0, 0, 0);
    TestTimeTraining training = new TestTimeTraining(uncapped, task -> true);
    List<ArcTask> tasks =
        ArcReader.read(
            SharedData.orSkip(
                "arc/seal-kaggle-format/"
                    + "arc-agi_evaluation_challenges_filtered_1B_eval_set.visible.json"));
    int largest = 0;
    for (ArcTask task : tasks) {
      int made = training.build(task, flags, Seeds.of(0)).size();
      // with two demonstrations the reference also leaves both out, which doubles its set
      boolean halved = task.demonstrations().size() == 2;
      assertThat(made).as(task.id()).isBetween(least / 2, most);
      assertThat(halved || made >= least).as(task.id()).isTrue();
      largest = Math.max(largest, made);
    }
    assertThat(largest).isBetween(group.equals("none") ? 40 : most, most);
  }
}
