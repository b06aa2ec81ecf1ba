package org.seal4j.scripts.adapt;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.eval.report.Figure;

/**
 * The figures of a run that {@code summary.json} has beside those of the table.
 *
 * @param recipe of the run
 * @param documents that were read
 * @param before the examination of the model
 * @param inContext its answers with the passage in front
 * @param after the examination of the model with the adapter
 */
record AdaptFigures(
    AdaptKeys recipe,
    DocumentSet documents,
    Examination.Paper before,
    InContext inContext,
    Examination.Paper after) {

  /** All of them by name. */
  Map<String, Figure> all() {
    Map<String, Figure> figures = new TreeMap<>();
    put(figures, "heldOut", Asked.Origin.SELF_MADE);
    put(figures, "own", Asked.Origin.OWN);
    put(figures, "general", Asked.Origin.GENERAL);
    if (inContext.count() > 0) {
      figures.put("inContextRecall", figure(inContext.recall(), inContext.count()));
      figures.put("inContextF1", figure(inContext.f1(), inContext.count()));
    }
    int tokens = (int) before.general().tokens();
    figures.put("perplexityBefore", figure(before.perplexity(), tokens));
    figures.put("perplexityAfter", figure(after.perplexity(), tokens));
    BudgetKeys wanted = recipe.budget();
    if (wanted != null) {
      int passages = new Dropped(recipe, documents).passages().size();
      int readings = wanted.readings() - recipe.study().readings();
      int questions = wanted.questions() - recipe.questions().count();
      figures.put("passagesDropped", figure(passages, wanted.passages()));
      figures.put("readingsDropped", figure(readings, wanted.readings()));
      figures.put("questionsDropped", figure(questions, Math.max(1, wanted.questions())));
    }
    return figures;
  }

  private void put(Map<String, Figure> figures, String name, Asked.Origin origin) {
    int n = before.count(origin);
    if (n == 0) {
      return;
    }
    figures.put(name + "RecallBefore", figure(before.recall(origin), n));
    figures.put(name + "RecallAfter", figure(after.recall(origin), n));
    figures.put(name + "F1Before", figure(before.f1(origin), n));
    figures.put(name + "F1After", figure(after.f1(origin), n));
  }

  private static Figure figure(double value, int n) {
    return new Figure(value, "", Optional.empty(), n);
  }
}
