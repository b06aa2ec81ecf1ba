package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditJob;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Grade;
import org.seal4j.rl.Outcome;

/** The trials of one job: results by number, filled as groups of adapters end on their threads. */
final class Running<C extends Context> {
  private static final ExamRunner.Result DIVERGED =
      new ExamRunner.Result(new Grade(0, List.of()), Double.POSITIVE_INFINITY);

  private final Domain<C, ?> domain;
  private final EditJob<C, ?> job;
  private final List<ExamRunner.@Nullable Result> results;
  private final AtomicInteger missing;
  private final IntConsumer finished;
  private double[] firstCurve = {};
  private boolean stopped;
  private @Nullable Exam exam;

  Running(Domain<C, ?> domain, EditJob<C, ?> job, int trials, IntConsumer finished) {
    this.domain = domain;
    this.job = job;
    this.results = new ArrayList<>(Collections.nCopies(trials, null));
    this.missing = new AtomicInteger(trials);
    this.finished = finished;
  }

  /** What the adapted models are asked; made when first needed, the same for all trials. */
  synchronized Exam exam() {
    Exam made =
        exam == null
            ? job.examiner().orElse(domain.examiner()).exam(job.context(), job.seeds())
            : exam;
    exam = made;
    return made;
  }

  /** The adapter of a trial was trained, with this loss in each step. */
  void trained(int trial, double[] curve) {
    if (trial == 0) {
      firstCurve = curve;
    }
  }

  /** The adapter of a trial left the finite numbers: nothing can be asked of it. */
  void diverged(int trial) {
    put(trial, DIVERGED);
  }

  /** The training ended early because rivals were better; the only trial. */
  void stopped(double negLogLikelihood, double[] curve) {
    firstCurve = curve;
    stopped = true;
    put(0, new ExamRunner.Result(new Grade(0, List.of()), negLogLikelihood));
  }

  void put(int trial, ExamRunner.Result result) {
    results.set(trial, result);
    if (missing.decrementAndGet() == 0) {
      finished.accept(1);
    }
  }

  Outcome outcome() {
    List<ExamRunner.Result> all = results.stream().map(Objects::requireNonNull).toList();
    if (stopped) {
      double reached = all.get(0).negLogLikelihood();
      return Outcome.ofStoppedEdit(reached, training(), exam().truth());
    }
    List<Double> trials = all.stream().map(result -> result.grade().reward()).toList();
    double first = all.stream().mapToDouble(result -> result.grade().firstReward()).sum();
    double nll = all.stream().mapToDouble(ExamRunner.Result::negLogLikelihood).sum();
    int n = all.size();
    return new Outcome(
        trials.stream().mapToDouble(Double::doubleValue).sum() / n,
        first / n,
        nll / n,
        training(),
        exam().truth(),
        all.get(0).grade().answers(),
        trials);
  }

  private Outcome.Training training() {
    double[] curve = firstCurve;
    return curve.length == 0
        ? Outcome.Training.NONE
        : new Outcome.Training(curve.length, curve[0], curve[curve.length - 1]);
  }
}
