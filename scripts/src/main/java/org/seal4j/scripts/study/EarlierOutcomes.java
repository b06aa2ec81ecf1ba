package org.seal4j.scripts.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.Executor;
import org.seal4j.rl.InOrder;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.RoundResult;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;

/**
 * Outcomes of an earlier arm that trains as this one does, for the time before this one's policy
 * has learned anything: both start from the same model with the same random numbers, so that equal
 * edits have equal outcomes, and nothing need be trained twice.
 */
final class EarlierOutcomes {
  private final @Nullable StudyArm source;
  private final Map<Long, EditRow> bySeed = new HashMap<>();

  EarlierOutcomes(@Nullable StudyArm source) {
    this.source = source;
    if (source == null) {
      return;
    }
    source.phases().rows(source.keys().folder() + "/" + ArmRun.BEFORE).forEach(this::put);
    source.phases().rounds().stream().limit(1).forEach(this::put);
  }

  private void put(RoundResult first) {
    first.rows().forEach(this::put);
    first.reexamined().forEach(this::put);
  }

  private void put(EditRow row) {
    if (row.isValid()) {
      bySeed.put(new Seeds(row.key().seed()).child("inner").value(), row);
    }
  }

  /** None at all. */
  static EarlierOutcomes none() {
    return new EarlierOutcomes(null);
  }

  /** Those of the first of these arms that trains like one of this recipe. */
  static EarlierOutcomes of(List<StudyArm> earlier, ArmKeys arm, StudyKeys recipe) {
    return new EarlierOutcomes(
        earlier.stream()
            .filter(other -> !StudyRun.OWN.contains(other.keys().name()))
            .filter(other -> other.keys().course(recipe).equals(arm.course(recipe)))
            .findFirst()
            .orElse(null));
  }

  /**
   * Evaluates with this what is not known.
   *
   * @param meter counts what is known at what it cost then
   */
  Executor<PassageContext, KnowledgeEdit> before(
      Executor<PassageContext, KnowledgeEdit> trained, CpuMeter meter) {
    return new Executor<>() {
      @Override
      public void evaluate(
          List<EditJob<PassageContext, KnowledgeEdit>> jobs,
          Consumer<Outcome> inJobOrder,
          IntConsumer finished) {
        InOrder<Outcome> order = new InOrder<>(jobs.size(), inJobOrder);
        List<EditJob<PassageContext, KnowledgeEdit>> unknown = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
          Optional<Outcome> known = known(jobs.get(i));
          if (known.isPresent()) {
            finished.accept(1);
            order.put(i, known.get());
          } else {
            places.add(i);
            unknown.add(jobs.get(i));
          }
        }
        if (source != null && jobs.stream().noneMatch(EditJob::afresh)) {
          meter.asIn(source.meter(), jobs.size() - unknown.size());
        }
        if (!unknown.isEmpty()) {
          int[] next = {0};
          trained.evaluate(unknown, outcome -> order.put(places.get(next[0]++), outcome), finished);
        }
      }
    };
  }

  private Optional<Outcome> known(EditJob<PassageContext, KnowledgeEdit> job) {
    return Optional.ofNullable(bySeed.get(job.seeds().value()))
        .filter(row -> row.key().contextId().equals(job.context().id()))
        .filter(row -> row.draft().edit().equals(job.edit().map(KnowledgeEdit::canonical)))
        .map(EditRow::outcome);
  }
}
