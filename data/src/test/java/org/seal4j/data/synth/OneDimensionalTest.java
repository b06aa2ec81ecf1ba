package org.seal4j.data.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seal4j.data.arc.ArcReader;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.SharedData;

class OneDimensionalTest {
  private static final Layout ROWS = Layout.row(8, 20);

  static Stream<Family> likeArc() {
    return OneDimensional.likeArc(ROWS).stream();
  }

  @ParameterizedTest
  @MethodSource("likeArc")
  void our_rule_explains_every_real_task_of_its_type(Family family) {
    List<ArcTask> real = ArcReader.read(SharedData.orSkip("arc/1d-arc/" + family.name()));
    assertThat(real).isNotEmpty();
    for (ArcTask task : real) {
      Optional<Palette> palette = explaining(family, task);
      assertThat(palette).as("%s", task).isPresent();
      assertThat(fits(family, palette.orElseThrow(), task.test())).as("%s", task).isTrue();
    }
  }

  /** The first palette under which the rule gives all demonstrations of the task. */
  private static Optional<Palette> explaining(Family family, ArcTask task) {
    return palettes().stream()
        .filter(p -> task.demonstrations().stream().allMatch(pair -> fits(family, p, pair)))
        .findFirst();
  }

  private static boolean fits(Family family, Palette palette, GridPair pair) {
    return family.rule().apply(pair.input(), palette).equals(pair.output());
  }

  /** All ways to give the roles TO, THIRD and MASK a colour. */
  private static List<Palette> palettes() {
    List<Palette> all = new ArrayList<>();
    for (int code = 0; code < 729; code++) {
      int to = code / 81 + 1;
      int third = code / 9 % 9 + 1;
      int mask = code % 9 + 1;
      if (to != third && to != mask && third != mask) {
        all.add(palette(to, third, mask));
      }
    }
    return all;
  }

  private static Palette palette(int to, int third, int mask) {
    int[] colors = new int[9];
    colors[Role.TO.place()] = to;
    colors[Role.THIRD.place()] = third;
    colors[Role.MASK.place()] = mask;
    int next = 1;
    for (int i = 0; i < 9; i++) {
      while (next == to || next == third || next == mask) {
        next++;
      }
      if (colors[i] == 0) {
        colors[i] = next++;
      }
    }
    return Palette.of(colors);
  }

  /** The rules that no type of 1D-ARC has, and their compositions. */
  private static List<Family> ours() {
    return Stream.of(OneDimensional.beyondArc(ROWS), OneDimensional.compositions(ROWS))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void no_rule_of_1d_arc_explains_tasks_beyond_it() {
    List<Behaviour> real = likeArc().map(Behaviour::new).toList();
    List<String> explained = new ArrayList<>();
    for (Family family : ours()) {
      Behaviour ours = new Behaviour(family);
      for (Behaviour arc : real) {
        if (ours.agreement(arc) > 0.5) {
          explained.add(family + " as " + arc.family() + ": " + ours.agreement(arc));
        }
      }
    }
    assertThat(explained).isEmpty();
  }

  @Test
  void no_two_rules_beyond_1d_arc_are_the_same() {
    List<Behaviour> all = ours().stream().map(Behaviour::new).toList();
    List<String> alike = new ArrayList<>();
    for (Behaviour a : all) {
      for (Behaviour b : all) {
        if (a != b && Math.min(a.agreement(b), b.agreement(a)) > 0.5) {
          alike.add(a.family() + " and " + b.family());
        }
      }
    }
    assertThat(alike).isEmpty();
  }

  @Test
  void rows_of_a_task_are_equally_wide_and_tasks_differ_in_width() {
    List<ArcTask> tasks = SynthTasks.sample("1d", OneDimensional.likeArc(ROWS), 3, 90, Seeds.of(1));
    for (ArcTask task : tasks) {
      int width = task.test().input().width();
      assertThat(width).isBetween(8, 20);
      assertThat(task.demonstrations())
          .hasSize(3)
          .allSatisfy(pair -> assertThat(pair.input().width()).isEqualTo(width))
          .allSatisfy(pair -> assertThat(pair.output().width()).isEqualTo(width));
    }
    assertThat(tasks.stream().map(task -> task.test().input().width()).distinct())
        .hasSizeGreaterThan(5);
  }

  @Test
  void rows_too_narrow_for_a_rule_are_refused() {
    assertThatThrownBy(() -> OneDimensional.likeArc(Layout.row(5, 7)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("may be 8 cells wide");
  }
}
