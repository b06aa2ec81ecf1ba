package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
