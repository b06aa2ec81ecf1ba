package org.seal4j.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.arc.ArcTask;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.arc.GridPair;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Curve.Line;
import org.seal4j.eval.report.Curve.Point;
import org.seal4j.eval.report.Preferences.Choice;
import org.seal4j.eval.report.Preferences.Setting;
import org.seal4j.eval.report.TaskPicture.Produced;
import org.seal4j.eval.stats.Estimate;
import org.seal4j.eval.stats.Interval;
import org.seal4j.eval.stats.Proportion;

/** An invented report of the size of a real one; the shapes are those of a run on tiny grids. */
final class SampleReport {
  static final List<Fact> FACTS =
      List.of(
          new Fact("Recipe", "arc-quick"),
          new Fact("Tasks", "procedural grids 3×3, 48 held-out tasks of 6 families"),
          new Fact("Model", "decoder, 4 layers, width 64, 212,480 parameters"),
          new Fact("Self-edits", "30 tasks × 12 per round, 2 rounds"),
          new Fact("Backend", "cpu, 2 threads"),
          new Fact("Duration", "12 min 41 s (pretraining 7 min 2 s)"));

  static final List<Fact> SETTINGS =
      List.of(
          new Fact("seed", "20261120"),
          new Fact("model.layers", "4"),
          new Fact("model.width", "64"),
          new Fact("pretrain.steps", "11000"),
          new Fact("inner.lora.rank", "8"),
          new Fact("inner.lora.targets", "all-linear"),
          new Fact("loop.rounds", "2"),
          new Fact("loop.editsPerTask", "12"),
          new Fact("loop.selection", "top 2 per task by (solved, NLL of the truth)"),
          new Fact("evaluation.tasks", "48"),
          new Fact("evaluation.bootstrap.draws", "10000"));

  static final List<Fact> FILES =
      List.of(
          new Fact("manifest.json", "configuration, seeds, hashes, versions, machine"),
          new Fact("summary.json", "the table of this page, for machines"),
          new Fact("logs/edits.arrow", "one row per evaluated self-edit"),
          new Fact("logs/evaluation.arrow", "one row per evaluated (task, edit) pair"));

  private final Rng rng = Seeds.of(5).child("sample").rng();

  private SampleReport() {}

  static Results results() {
    Estimate gain = new Estimate(0.281, 0.054, new Interval(0.177, 0.385), 48);
    Estimate step = new Estimate(0.094, 0.061, new Interval(-0.021, 0.219), 48);
    return new Results(
        "(task, edit) pairs solved within two attempts",
        List.of(
            Condition.of("in-context", new Proportion(2, 48)),
            Condition.of("uniform-random configurations", new Proportion(16, 96)),
            Condition.of("self-edits without RL", new Proportion(17, 96)),
            Condition.of("round 1", new Proportion(35, 96)),
            Condition.of("round 2", new Proportion(44, 96)),
            Condition.of("fixed good configuration", new Proportion(33, 48))),
        List.of(
            new Comparison("round 2", "self-edits without RL", gain),
            new Comparison("round 2", "round 1", step)));
  }

  static Report report() {
    return new SampleReport().build();
  }

  private Report build() {
    return new Report(
        "arc-quick",
        "After two rounds of reinforcement, the self-edits solve held-out tasks about two and a"
            + " half times as often as before.",
        results(),
        List.of(
            Sections.curves(curves()),
            preferences(),
            Sections.matrices(matrices()),
            Sections.tasks(tasks()),
            Sections.passages(passages()),
            Sections.run(FACTS),
            Sections.settings(SETTINGS),
            Sections.files(FILES)));
  }

  private static List<Matrix> matrices() {
    return List.of(
        new Matrix(
            "no protection",
            List.of("before", "edit 1", "edit 2"),
            List.of("1", "2"),
            List.of(
                List.of(Optional.of(0.05), Optional.of(0.0)),
                List.of(Optional.of(0.6), Optional.empty()),
                List.of(Optional.of(0.25), Optional.of(1.0)))));
  }

  private static List<PassageExample> passages() {
    return List.of(
        new PassageExample(
            "confirmation/3",
            "Vera Quinn lives in Aldora. She plays the flute.",
            List.of(
                new PassageExample.Produced(
                    "round 2",
                    "Where does Vera Quinn live? Aldora\nVera Quinn plays the flute.",
                    List.of(
                        new PassageExample.Answer(
                            "Which city is home to Vera Quinn?", "Aldora", "Aldora", true),
                        new PassageExample.Answer(
                            "On what does Vera Quinn make music?", "flute", "drum", false))))));
  }

  List<Curve> curves() {
    return List.of(
        new Curve(
            "Reward per round",
            "round",
            "share solved",
            List.of(
                line("mean of sampled edits", 0.146, 0.264, 0.411),
                line("best edit per task", 0.4, 0.57, 0.7))),
        new Curve(
            "Loss of pretraining",
            "step",
            "loss per token",
            List.of(
                decay("training", 11_000, 2.4, 0.62, 0.06),
                decay("development", 110, 2.5, 0.7, 0.02))),
        new Curve(
            "Loss of the inner loops, round 2",
            "step",
            "loss per token",
            List.of(
                decay("selected edits", 80, 0.9, 0.05, 0.02),
                decay("other edits", 80, 0.9, 0.34, 0.02),
                decay("fixed configuration", 80, 0.9, 0.02, 0.01))),
        new Curve(
            "Loss of the M-step",
            "epoch",
            "loss per token",
            List.of(
                decay("round 1", 16, 0.92, 0.31, 0.01), decay("round 2", 16, 0.6, 0.18, 0.01))));
  }

  private static Line line(String name, double... values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Point(i, values[i]));
    }
    return new Line(name, points);
  }

  private Line decay(String name, int n, double from, double to, double noise) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double y = to + (from - to) * Math.exp(-4.0 * i / n) + noise * rng.nextGaussian();
      points.add(new Point(n == 110 ? 100 * i : i, Math.max(0.01, y)));
    }
    return n > 200 ? Line.of(name, points.stream().map(Point::y).toList()) : new Line(name, points);
  }

  private static Preferences preferences() {
    return new Preferences(
        List.of("before", "after round 1", "after round 2"),
        List.of(
            flag("use_color_augmentations", 0.53, 0.9, 0.98),
            flag("use_basic_augmentations", 0.49, 0.41, 0.22),
            flag("use_chain_augmentations", 0.5, 0.47, 0.44),
            flag("use_repeat_augmentations", 0.51, 0.52, 0.57),
            flag("loss on output tokens only", 0.5, 0.61, 0.7),
            new Setting(
                "learning_rate",
                List.of(
                    new Choice("1e-5", List.of(0.18, 0.03, 0.0)),
                    new Choice("1e-4", List.of(0.18, 0.08, 0.0)),
                    new Choice("1e-3", List.of(0.21, 0.22, 0.14)),
                    new Choice("3e-3", List.of(0.22, 0.4, 0.55)),
                    new Choice("1e-2", List.of(0.21, 0.27, 0.31))))));
  }

  private static Setting flag(String name, double... on) {
    List<Double> yes = new ArrayList<>();
    List<Double> no = new ArrayList<>();
    for (double share : on) {
      yes.add(share);
      no.add(1 - share);
    }
    return new Setting(name, List.of(new Choice("on", yes), new Choice("off", no)));
  }

  List<TaskPicture> tasks() {
    List<TaskPicture> pictures = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      pictures.add(picture("shift-up/" + (17 + t), "shift-up", 3, 3, t));
    }
    pictures.add(picture("1d_denoising_1c_4", "1d_denoising_1c", 1, 28, 1));
    pictures.add(picture("mini-arc 12", "object", 5, 5, 0));
    pictures.add(picture("a64e4611", "a64e4611", 22, 30, 2));
    return pictures;
  }

  private TaskPicture picture(String id, String family, int h, int w, int solved) {
    List<GridPair> demos = new ArrayList<>();
    for (int i = 0; i < (h > 20 ? 2 : 4); i++) {
      demos.add(pair(h, w));
    }
    GridPair test = pair(h, w);
    Grid wrong = Grid.generate(h, w, (r, c) -> r == 0 && c < 2 ? 3 : test.output().at(r, c));
    String edit = "color, repeat; output tokens; 3e-3; 8 epochs";
    return new TaskPicture(
        new ArcTask(id, family, demos, test),
        List.of(
            new Produced("in-context", "", List.of(test.input(), wrong)),
            new Produced(
                "self-edits without RL",
                "basic, chain; all tokens; 1e-4; 2 epochs",
                solved > 1 ? List.of(wrong, test.output()) : List.of(wrong, test.input())),
            new Produced(
                "round 2", edit, solved > 0 ? List.of(test.output(), wrong) : List.of(wrong)),
            new Produced("fixed good configuration", "", List.of(test.output()))));
  }

  private GridPair pair(int h, int w) {
    Grid input = Grid.generate(h, w, (r, c) -> Math.max(0, rng.nextInt(16) - 6));
    return new GridPair(
        input, Grid.generate(h, w, (r, c) -> input.at((r + 1) % h, (c + (h == 1 ? 2 : 0)) % w)));
  }
}
