package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.seal4j.data.squad.Passage;
import org.seal4j.rl.experiment.Lab;

/**
 * Asks about every passage of a sequence that was taken in so far, after each of them.
 *
 * @param plan passages of the run
 * @param examination puts the questions
 * @param sequences the weights after so many passages
 */
record ForgettingExam(
    Lab lab, CorpusPlan plan, CorpusExamination examination, MergedSequences sequences) {

  /** Of each method of the recipe, in their order. */
  List<Forgetting> of(CorpusKeys recipe) {
    List<Succession> all = Succession.of(recipe);
    int passages = recipe.sequence().passages();
    lab.listener().start("asking what is left", (long) all.size() * (passages + 1));
    List<Forgetting> found = new ArrayList<>();
    long done = 0;
    for (SequenceMethod method : recipe.compared(SequenceMethod.class)) {
      List<Forgetting.Cell> cells = new ArrayList<>();
      for (Succession sequence : all) {
        for (int merged = 0; sequence.method().equals(method) && merged <= passages; merged++) {
          cells.addAll(cells(sequence, merged, merged == 0 ? passages : merged));
          lab.listener().step(++done, method.name());
        }
      }
      found.add(new Forgetting(method, cells));
    }
    lab.listener().end();
    return found;
  }

  private List<Forgetting.Cell> cells(Succession sequence, int merged, int asked) {
    List<Passage> about = sequence.own(plan.passages()).subList(0, asked);
    List<CorpusRow.Item> items =
        examination.asked(
            about,
            sequences.over(sequence, merged),
            body -> sequences.within(sequence, merged, body));
    List<Forgetting.Cell> cells = new ArrayList<>();
    for (int place = 1; place <= about.size(); place++) {
      Passage passage = about.get(place - 1);
      List<CorpusRow.Item> own =
          items.stream().filter(item -> item.passage().equals(passage)).toList();
      cells.add(
          new Forgetting.Cell(
              sequence.number(),
              merged,
              place,
              passage,
              mean(own, item -> item.reply().grade()),
              mean(own, CorpusRow.Item::f1),
              mean(own, item -> item.reply().negLogLikelihood())));
    }
    return cells;
  }

  private static double mean(List<CorpusRow.Item> items, ToDoubleFunction<CorpusRow.Item> of) {
    return items.stream().mapToDouble(of).average().orElseThrow();
  }
}
