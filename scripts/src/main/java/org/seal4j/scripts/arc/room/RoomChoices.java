package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.eval.stats.CrossedTrials;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.TaskShares;

/**
 * What it is worth to choose a configuration with this or that knowledge, and what the policy makes
 * of it.
 *
 * @param table all ways to choose
 * @param best the row of one configuration for all, chosen without the task's kind
 * @param oracle the row of the best of each task, examined anew
 * @param policy the row of the policy after the last round; empty where there is none
 */
record RoomChoices(RoomTable table, String best, String oracle, String policy) {
  private static final String NOTE =
      "Share of held-out tasks that are solved within two attempts. Configurations are of one"
          + " design of %d, tried on every task %d times with the model before RL%s. Intervals by"
          + " kinds: Student's, with kinds as the independent units; a bootstrap over few kinds is"
          + " too short. They take the chosen configurations as given. The oracle chooses by the"
          + " other trainings of the task itself; what the truly best configurations would solve"
          + " lies between it and the one judged by the trainings that it was chosen by, apart from"
          + " chance.%s";

  /**
   * Of a design and the policy's own rows.
   *
   * @param development the same design on other tasks; null for none
   * @param policies what the policy wrote, by its name; the last one is the one to compare
   * @param fixedLabel what the gate's configuration is called
   */
  static RoomChoices of(
      DesignTrials trials,
      @Nullable DesignTrials development,
      Map<String, List<EditRow>> policies,
      String fixedLabel,
      Seeds seeds) {
    CrossedTrials choices = trials.choices();
    int n = choices.configurations();
    boolean manyKinds = trials.kinds().stream().distinct().count() >= 2;
    int[] elsewhere = manyKinds ? choices.chosenOnOtherKinds() : new int[choices.tasks()];
    int[] ofKind = choices.chosenOnItsKind();
    long single = Arrays.stream(ofKind).filter(c -> c < 0).count();
    int[] byKind = new int[ofKind.length];
    Arrays.setAll(byKind, t -> ofKind[t] < 0 ? elsewhere[t] : ofKind[t]);
    RoomTable table =
        new RoomTable(
            "Room", note(trials, development, single), trials.kinds(), seeds.child("choices"));
    table.add("random configuration", choices.random());
    String best = fixedLabel;
    if (manyKinds) {
      best = "best fixed, chosen on other kinds";
      table.add(best, choices.of(elsewhere));
    }
    if (development != null) {
      String other =
          "best fixed, chosen on " + Amount.of(development.tasks().size(), "development task");
      table.add(other, choices.fixed(development.choices().best()));
    }
    table.add(fixedLabel, choices.fixed(0));
    table.add("best of its kind, chosen on other tasks", choices.of(byKind));
    String oracle = "oracle, best of %d, examined anew".formatted(n);
    table.add(oracle, choices.oracle());
    table.add("oracle judged by its own choice: too high", choices.apparentOracle());
    String policy = "";
    for (Map.Entry<String, List<EditRow>> one : policies.entrySet()) {
      if (!one.getValue().isEmpty()) {
        policy = one.getKey();
        TaskShares shares = TaskShares.of(one.getValue());
        table.add(policy, shares.in(trials.tasks()));
      }
    }
    return new RoomChoices(table, best, oracle, policy);
  }

  private static String note(DesignTrials trials, @Nullable DesignTrials development, long single) {
    CrossedTrials choices = trials.choices();
    String tried =
        development == null
            ? ""
            : ", and on " + Amount.of(development.tasks().size(), "development task");
    String alone =
        single == 0
            ? ""
            : " %s of a kind of which there is no other: chosen on other kinds there."
                .formatted(single == 1 ? "1 task is" : single + " tasks are");
    return NOTE.formatted(choices.configurations(), choices.repeats(), tried, alone);
  }

  /** What a policy can win by reading the task, beyond one configuration for all. */
  ClusteredMean room() {
    return table.difference(oracle, best);
  }

  /** In words. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "the room between best fixed and oracle is %s: what a policy can win by reading the task"
            .formatted(RoomTable.points(room())));
    sentences.add(
        "choosing by kind wins %s over best fixed"
            .formatted(
                RoomTable.points(
                    table.difference("best of its kind, chosen on other tasks", best))));
    sentences.add(
        "best fixed wins %s over a random configuration"
            .formatted(RoomTable.points(table.difference(best, "random configuration"))));
    if (!policy.isEmpty()) {
      sentences.add(
          "the %s is %s from best fixed"
              .formatted(policy, RoomTable.points(table.difference(policy, best))));
    }
    return sentences;
  }
}
