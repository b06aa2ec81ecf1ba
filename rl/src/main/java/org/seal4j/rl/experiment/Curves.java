package org.seal4j.rl.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.eval.report.Curve;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.RoundResult;

/** The charts of a run. */
public final class Curves {
  private Curves() {}

  public static List<Curve> of(List<Double> pretraining, Phases phases) {
    List<Curve> curves = new ArrayList<>();
    curves.add(reward(phases));
    if (!pretraining.isEmpty()) {
      curves.add(
          new Curve(
              "Pretraining",
              "step",
              "loss (nats per weighted token)",
              List.of(Line.of("loss", pretraining))));
    }
    List<Line> learning = new ArrayList<>();
    for (RoundResult round : phases.rounds()) {
      if (!round.losses().isEmpty()) {
        learning.add(Line.of(Phases.roundLabel(round.round()), round.losses()));
      }
    }
    if (!learning.isEmpty()) {
      curves.add(
          new Curve("Learning from selected edits", "step", "loss (nats per token)", learning));
    }
    return curves;
  }

  /** Mean reward of the policy's own edits, by how many rounds it has learned from. */
  private static Curve reward(Phases phases) {
    List<Point> train = new ArrayList<>();
    List<Point> heldOut = new ArrayList<>();
    heldOut.add(new Point(0, mean(phases.rows(Phases.NO_RL))));
    for (RoundResult round : phases.rounds()) {
      train.add(new Point(round.round() - 1, round.meanReward()));
      heldOut.add(new Point(round.round(), mean(phases.rows(Phases.round(round.round())))));
    }
    return new Curve(
        "Reward of the policy's self-edits",
        "rounds learned from",
        "mean reward",
        List.of(new Line("held out", heldOut), new Line("of the round", train)));
  }

  private static double mean(List<EditRow> rows) {
    return rows.stream().mapToDouble(row -> row.outcome().reward()).average().orElse(0);
  }
}
