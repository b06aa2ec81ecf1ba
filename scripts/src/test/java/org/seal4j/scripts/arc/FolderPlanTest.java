package org.seal4j.scripts.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.synth.Family;
import org.seal4j.data.synth.Layout;
import org.seal4j.data.synth.OneDimensional;
import org.seal4j.data.testing.ArcFiles;

class FolderPlanTest {
  private static final int PER_FAMILY = 4;
  private static final int FAMILIES = 9;

  @TempDir Path folder;

  @BeforeEach
  void write_nine_families_and_two_tasks_that_do_not_fit() {
    List<ArcTask> tasks = new ArrayList<>();
    for (Family family : OneDimensional.likeArc(Layout.row(12, 16)).subList(0, FAMILIES)) {
      for (int i = 0; i < PER_FAMILY; i++) {
        String id = family.name() + "_" + i;
        tasks.add(family.task(Seeds.of(i).child(id).rng(), id, 3));
      }
    }
    GridPair wide = new GridPair(row(90), row(90));
    tasks.add(new ArcTask("wide", "odd", List.of(wide, wide), wide));
    GridPair small = new GridPair(row(5), row(5));
    tasks.add(new ArcTask("lonely", "odd", List.of(small), small));
    ArcFiles.write(tasks, folder);
  }

  private static Grid row(int width) {
    return Grid.generate(1, width, (r, c) -> c % 3);
  }

  private TaskPlan plan(long seed, String... sets) {
    List<String> all = new ArrayList<>(List.of("data.tasks=" + folder));
    all.addAll(List.of(sets));
    return new FolderPlan(Recipes.config("arc-1d", all.toArray(String[]::new)), Seeds.of(seed))
        .plan();
  }

  private static Set<String> families(List<ArcTask> tasks) {
    return tasks.stream().map(ArcTask::family).collect(Collectors.toSet());
  }

  @Test
  void loop_development_and_confirmation_share_no_family_and_use_them_all() {
    TaskPlan confirm = plan(1, "evaluate.pool=confirmation");
    TaskPlan develop = plan(1, "evaluate.pool=development");
    Set<String> loop = new HashSet<>();
    confirm.rounds().forEach(round -> loop.addAll(families(round)));
    Set<String> development = families(develop.evaluation());
    Set<String> confirmation = families(confirm.evaluation());
    assertThat(loop).doesNotContainAnyElementsOf(development);
    assertThat(loop).doesNotContainAnyElementsOf(confirmation);
    assertThat(development).doesNotContainAnyElementsOf(confirmation);
    assertThat(loop.size() + development.size() + confirmation.size()).isEqualTo(FAMILIES);
    assertThat(families(confirm.gate())).isSubsetOf(development);
  }

  @Test
  void the_split_does_not_depend_on_the_seed_but_the_order_does() {
    TaskPlan one = plan(1);
    TaskPlan two = plan(2);
    assertThat(families(one.evaluation())).isEqualTo(families(two.evaluation()));
    assertThat(one.evaluation()).isNotEqualTo(two.evaluation());
    assertThat(plan(1).evaluation()).isEqualTo(one.evaluation());
  }

  @Test
  void what_does_not_fit_is_listed_with_the_reason() {
    assertThat(plan(1).leftOut())
        .anySatisfy(
            left -> {
              assertThat(left.id()).isEqualTo("wide");
              assertThat(left.reason()).startsWith("has a grid over the limit of 1 x ");
            })
        .anySatisfy(
            left ->
                assertThat(left.reason())
                    .isEqualTo("has 1 demonstration; test-time training leaves one out"))
        .hasSize(2);
    assertThat(plan(1).notes().get(0)).startsWith("36 of 38 tasks fit the model: ");
  }

  @Test
  void rounds_have_fresh_tasks_as_long_as_there_are_any_and_say_when_there_are_not() {
    List<ArcTask> fresh = new ArrayList<>();
    TaskPlan enough =
        plan(1, "loop.rounds=2", "loop.contextsPerRound=5", "evaluate.contexts=2", "gate.tasks=2");
    enough.rounds().forEach(fresh::addAll);
    assertThat(fresh).hasSize(10).doesNotHaveDuplicates();
    assertThat(enough.notes()).hasSize(1);
    TaskPlan scarce = plan(1, "loop.rounds=2", "loop.contextsPerRound=100");
    assertThat(scarce.round(1)).doesNotHaveDuplicates();
    assertThat(scarce.notes())
        .anyMatch(note -> note.contains("too few for 2 rounds of 100 fresh ones"));
  }

  @Test
  void more_held_out_tasks_than_there_are_is_said() {
    assertThat(plan(1, "evaluate.contexts=500", "gate.tasks=300").notes())
        .anyMatch(note -> note.matches("evaluate.contexts is 500, but there are \\d+ such tasks.*"))
        .anyMatch(note -> note.matches("gate.tasks is 300, but there are \\d+ such tasks.*"));
  }

  @Test
  void a_task_under_two_names_is_used_once_whatever_the_order_of_its_demonstrations() {
    TaskPlan own = plan(1);
    ArcTask shown = own.round(1).get(0);
    ArcTask held = own.evaluation().get(0);
    List<GridPair> turned = new ArrayList<>(held.demonstrations());
    Collections.reverse(turned);
    ArcFiles.write(
        List.of(
            new ArcTask("zz_copy", "zz", shown.demonstrations(), shown.test()),
            new ArcTask("zz_turned", "zz", turned, held.test())),
        folder);
    TaskPlan copied = plan(1);
    assertThat(copied.rounds()).isEqualTo(own.rounds());
    assertThat(copied.evaluation()).isEqualTo(own.evaluation());
    assertThat(copied.leftOut())
        .contains(
            new LeftOut("zz_copy", "zz", Copies.REASON),
            new LeftOut("zz_turned", "zz", Copies.REASON));
  }

  @Test
  void another_folder_is_evaluated_without_what_the_loop_and_development_have(@TempDir Path other) {
    List<ArcTask> fresh = new ArrayList<>();
    for (Family family : OneDimensional.likeArc(Layout.row(12, 16)).subList(0, FAMILIES + 2)) {
      String id = family.name() + "_other";
      fresh.add(family.task(Seeds.of(77).child(id).rng(), id, 3));
    }
    TaskPlan own = plan(1, "evaluate.pool=confirmation");
    ArcTask copied = own.round(1).get(0);
    fresh.add(new ArcTask("copied", "renamed", copied.demonstrations(), copied.test()));
    ArcTask twice = fresh.get(fresh.size() - 2);
    fresh.add(new ArcTask("twice", "zz", twice.demonstrations(), twice.test()));
    ArcFiles.write(fresh, other);
    TaskPlan elsewhere =
        plan(1, "evaluate.pool=confirmation", "evaluate.contexts=99", "data.evaluation=" + other);
    assertThat(elsewhere.rounds()).isEqualTo(own.rounds());
    assertThat(elsewhere.gate()).isEqualTo(own.gate());
    Set<String> expected = families(own.evaluation());
    OneDimensional.likeArc(Layout.row(12, 16)).subList(FAMILIES, FAMILIES + 2).stream()
        .map(Family::name)
        .forEach(expected::add);
    assertThat(families(elsewhere.evaluation())).isEqualTo(expected);
    assertThat(elsewhere.evaluation()).allMatch(task -> task.id().endsWith("_other"));
    assertThat(elsewhere.notes().get(0)).contains("of data.evaluation");
  }

  @Test
  void a_recipe_for_real_tasks_without_a_folder_says_how_to_give_one() {
    assertThatThrownBy(() -> new FolderPlan(Recipes.config("arc-1d"), Seeds.of(1)).plan())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "this recipe runs on real tasks; say where they are: --set data.tasks=DIR (a folder of"
                + " ARC task files, or a Kaggle challenges file)");
  }

  @Test
  void too_few_families_are_refused() {
    assertThatThrownBy(() -> plan(1, "data.maxTokens=40"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("tasks of 0 families that fit the model")
        .hasMessageContaining("takes more than 40 tokens, room for an answer of 1 x ")
        .hasMessageContaining("raise data.maxTokens, data.maxHeight or data.maxWidth");
  }
}
