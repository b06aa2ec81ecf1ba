package org.seal4j.rl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;

/**
 * Writes more self-edits than a round examines, and examines those that a screen keeps. Of equal
 * ones the first counts; where there are no more different ones than are examined, all of them are,
 * then repeated ones, then invalid ones.
 *
 * <p>A resumed run writes all of them again, since the journal has those alone that were kept.
 */
final class Screening<C extends Context, E extends SelfEdit> {
  private final PhaseRunner<C, E> runner;
  private final EditFormat<C, E> format;
  private final Screen<C, E> screen;

  Screening(PhaseRunner<C, E> runner, EditFormat<C, E> format, Screen<C, E> screen) {
    this.runner = runner;
    this.format = format;
    this.screen = screen;
  }

  /**
   * The self-edits of a round.
   *
   * @param count how many of each context are examined
   * @param seeds of the round
   */
  PhaseRunner.Result<C, E> run(Phase phase, List<C> contexts, int count, Seeds seeds) {
    int each = Math.multiplyExact(count, screen.proposals());
    List<Slot<C>> all = phase.slots(contexts, each);
    List<Proposal<E>> written = runner.write(phase, all);
    List<Slot<C>> slots = new ArrayList<>();
    List<Proposal<E>> kept = new ArrayList<>();
    for (int i = 0; i < contexts.size(); i++) {
      int from = i * each;
      C context = contexts.get(i);
      Seeds own = seeds.child("screen", context.id());
      for (int at : kept(context, written.subList(from, from + each), count, own)) {
        slots.add(all.get(from + at));
        kept.add(written.get(from + at));
      }
    }
    return runner.examine(phase, slots, kept);
  }

  /** Places of the self-edits of a context that are examined, ascending. */
  private List<Integer> kept(C context, List<Proposal<E>> written, int count, Seeds seeds) {
    Map<String, Integer> first = new LinkedHashMap<>();
    List<Integer> repeated = new ArrayList<>();
    List<Integer> invalid = new ArrayList<>();
    for (int at = 0; at < written.size(); at++) {
      Optional<E> edit = written.get(at).edit();
      if (edit.isEmpty()) {
        invalid.add(at);
      } else if (first.putIfAbsent(format.write(edit.get()), at) != null) {
        repeated.add(at);
      }
    }
    List<Integer> different = List.copyOf(first.values());
    if (different.size() > count) {
      List<E> edits = different.stream().map(at -> written.get(at).edit().orElseThrow()).toList();
      List<Integer> places = screen.keep(context, edits, count, seeds);
      Checks.require(
          places.size() == count && new HashSet<>(places).size() == count,
          "the screen %s was to keep %d self-edits of %s, each once, but kept the places %s",
          screen.getClass().getName(),
          count,
          context.id(),
          places);
      return places.stream().map(different::get).sorted().toList();
    }
    List<Integer> everything = new ArrayList<>(different);
    everything.addAll(repeated);
    everything.addAll(invalid);
    return everything.subList(0, count).stream().sorted().toList();
  }
}
