package org.seal4j.data.arc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;

class TaskHashTest {

  @Test
  void equal_tasks_have_equal_hashes_and_every_change_shows() {
    Rng rng = RandomGrids.seeds("hash").rng();
    ArcTask task = RandomGrids.task(rng, 3, 2, 2);
    ArcTask copy = new ArcTask("random", "random", task.demonstrations(), task.test());
    assertThat(TaskHash.sha256(List.of(copy))).isEqualTo(TaskHash.sha256(List.of(task)));
    List<GridPair> reversed = new ArrayList<>(task.demonstrations());
    Collections.reverse(reversed);
    GridPair swapped = new GridPair(task.test().output(), task.test().input());
    ArcTask moved = new ArcTask("random", "random", reversed, task.test());
    Set<String> hashes = new HashSet<>();
    hashes.add(TaskHash.sha256(List.of()));
    hashes.add(TaskHash.sha256(List.of(task)));
    hashes.add(TaskHash.sha256(List.of(task, task)));
    hashes.add(TaskHash.sha256(List.of(task, moved)));
    hashes.add(TaskHash.sha256(List.of(moved, task)));
    hashes.add(
        TaskHash.sha256(List.of(new ArcTask("r", "random", task.demonstrations(), swapped))));
    hashes.add(
        TaskHash.sha256(List.of(new ArcTask("random", "random", task.demonstrations(), swapped))));
    hashes.add(
        TaskHash.sha256(List.of(new ArcTask("random", "r", task.demonstrations(), swapped))));
    assertThat(hashes).hasSize(8).allMatch(hash -> hash.matches("[0-9a-f]{64}"));
  }

  @Test
  void the_canonical_form_never_changes() {
    GridPair pair = new GridPair(Grid.parse("12/34"), Grid.parse("5"));
    assertThat(TaskHash.sha256(List.of(new ArcTask("a", "b", List.of(pair), pair))))
        .isEqualTo("1e252940cd9726e79e3050419ae4111c14d11a0093c6218b88e846e3ff8e4183");
  }
}
