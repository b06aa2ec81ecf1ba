package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.eval.report.Cells;
import org.seal4j.eval.report.Section;
import org.seal4j.rl.EditRow;

/**
 * Whether the policy chooses for a task what is good for that task.
 *
 * @param by the design's reward
 * @param stages what the policy wrote for held-out tasks, by stage
 */
record PolicyAgreement(ByConfiguration by, Map<String, List<EditRow>> stages) {
  private static final String NOTE =
      "The best value of a choice for a task is the one whose configurations in the design make the"
          + " true grid likeliest. Agreement: share of self-edits that have it. Dealt: the same if"
          + " the policy's values went to tasks by chance; a policy that reads the task agrees more"
          + " often than that.";

  PolicyAgreement {
    stages = new LinkedHashMap<>(stages);
  }

  /**
   * One choice at one stage.
   *
   * @param agreed share of self-edits whose value is the best one of their task
   * @param dealt the same share if the same values had been dealt to tasks by chance
   * @param n self-edits that were counted
   */
  record Share(double agreed, double dealt, int n) {}

  /** Agreement of the valid self-edits of a stage in one choice. */
  Share share(String stage, int place) {
    List<String> tasks = by.trials().tasks();
    Map<String, Integer> best = new HashMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      best.put(tasks.get(t), by.bestValue(place, t));
    }
    int values = by.places().values(place).size();
    double[] chosen = new double[values];
    double[] wanted = new double[values];
    int agreed = 0;
    int n = 0;
    for (EditRow row : stages.getOrDefault(stage, List.of())) {
      int wants = best.getOrDefault(row.key().contextId(), -1);
      if (row.isValid() && wants >= 0) {
        int value = by.places().of(row)[place];
        chosen[value]++;
        wanted[wants]++;
        agreed += value == wants ? 1 : 0;
        n++;
      }
    }
    double dealt = 0;
    for (int v = 0; v < values; v++) {
      dealt += n == 0 ? 0 : chosen[v] * wanted[v] / ((double) n * n);
    }
    return new Share(n == 0 ? 0 : (double) agreed / n, dealt, n);
  }

  /**
   * Of the tasks that some configuration of the design solves in every training, the share of
   * self-edits of a stage that solve theirs.
   */
  Share solvable(String stage) {
    List<String> tasks = by.trials().tasks();
    Map<String, Boolean> can = new HashMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      boolean any = false;
      for (double[] repeats : by.trials().solved()[t]) {
        boolean all = true;
        for (double solved : repeats) {
          all &= solved > 0;
        }
        any |= all;
      }
      can.put(tasks.get(t), any);
    }
    int solved = 0;
    int n = 0;
    int allSolved = 0;
    List<EditRow> rows = stages.getOrDefault(stage, List.of());
    for (EditRow row : rows) {
      allSolved += row.outcome().solved() ? 1 : 0;
      if (can.getOrDefault(row.key().contextId(), false)) {
        n++;
        solved += row.outcome().solved() ? 1 : 0;
      }
    }
    return new Share(
        n == 0 ? 0 : (double) solved / n, rows.isEmpty() ? 0 : (double) allSolved / rows.size(), n);
  }

  /** Self-edits of a stage that are a configuration of the design, and how many of these solve. */
  Share inDesign(String stage) {
    int n = 0;
    int solved = 0;
    double chance = 0;
    List<String> tasks = by.trials().tasks();
    for (EditRow row : stages.getOrDefault(stage, List.of())) {
      int t = tasks.indexOf(row.key().contextId());
      if (row.isValid() && t >= 0) {
        int[] values = by.places().of(row);
        double mean = 0;
        int at = -1;
        int size = by.trials().design().configurations().size();
        for (int c = 0; c < size; c++) {
          double[] repeats = by.trials().solved()[t][c];
          double cell = 0;
          for (double one : repeats) {
            cell += one / repeats.length;
          }
          mean += cell;
          int[] other = by.places().of(by.trials().design().configurations().get(c));
          at = Arrays.equals(other, values) ? c : at;
        }
        if (at >= 0) {
          n++;
          solved += Arrays.stream(by.trials().solved()[t][at]).sum() > 0 ? 1 : 0;
          chance += mean / size;
        }
      }
    }
    return new Share(n == 0 ? 0 : (double) solved / n, n == 0 ? 0 : chance / n, n);
  }

  Section section() {
    return Section.of(
        "Does the policy choose what the task needs?",
        html -> {
          if (stages.isEmpty()) {
            return;
          }
          html.note(NOTE);
          Cells cells = new Cells(html);
          List<String> heads = new ArrayList<>(List.of(""));
          for (int place = 0; place < by.places().count(); place++) {
            heads.add(by.places().name(place));
          }
          cells.head(heads.toArray(String[]::new));
          for (String stage : stages.keySet()) {
            List<String> agreed = new ArrayList<>();
            List<String> dealt = new ArrayList<>();
            for (int place = 0; place < by.places().count(); place++) {
              Share share = share(stage, place);
              agreed.add(share.n() == 0 ? Cells.NONE : Cells.share(share.agreed()));
              dealt.add(share.n() == 0 ? Cells.NONE : Cells.share(share.dealt()));
            }
            cells.row(stage + ": agreement", agreed);
            cells.row(stage + ": dealt", dealt);
          }
          cells.end();
          html.open("ul", "class", "comparisons");
          sentences().forEach(sentence -> html.leaf("li", sentence));
          html.close();
        });
  }

  /** In words, stage by stage. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (String stage : stages.keySet()) {
      Share solvable = solvable(stage);
      Share in = inDesign(stage);
      sentences.add(
          stage
              + ": of self-edits for tasks that a configuration of the design solves every time, "
              + (solvable.n() == 0 ? "of which there are none, " : Cells.share(solvable.agreed()))
              + " (n = %d) solve theirs; %d self-edits are a configuration of the design"
                  .formatted(solvable.n(), in.n())
              + (in.n() == 0
                  ? "."
                  : ", and %s of these one that solves the task there (a configuration by chance: %s)."
                      .formatted(Cells.share(in.agreed()), Cells.share(in.dealt()))));
    }
    return sentences;
  }
}
