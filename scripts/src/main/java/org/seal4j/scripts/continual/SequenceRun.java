package org.seal4j.scripts.continual;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.world.Story;
import org.seal4j.lora.continual.Consolidation;
import org.seal4j.lora.continual.KlAnchor;
import org.seal4j.lora.continual.Penalty;
import org.seal4j.lora.continual.TeacherDistributions;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.rl.Grade;
import org.seal4j.rl.passage.ContinualModel;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.scripts.passage.PriorKnowledge;

/**
 * Runs one sequence in one mode: ask, then write, train, merge and ask again for each passage.
 * Random numbers depend on the sequence and the step, not on the mode, so that modes differ in
 * nothing else.
 */
final class SequenceRun {
  private final ContinualKeys config;
  private final Before before;
  private final Seeds seeds;

  /**
   * What all sequences share of the un-edited model.
   *
   * @param prior questions on what it learned in pretraining
   * @param teacher its answers to anchor questions
   * @param fisher how much those depend on each weight
   */
  record Before(PriorKnowledge prior, TeacherDistributions teacher, Map<String, float[]> fisher) {}

  SequenceRun(ContinualKeys config, Before before, Seeds seeds) {
    this.config = config;
    this.before = before;
    this.seeds = seeds;
  }

  /**
   * Runs from the un-edited model to the last passage.
   *
   * @return one row more than there are passages
   */
  List<StepRow> run(ContinualModel model, int sequence, List<Story> stories, Mode mode) {
    model.restart();
    GuardsKeys guards = config.guards();
    Consolidation consolidation = new Consolidation(guards.ewcWeight());
    consolidation.protect(before.fisher);
    List<Passage> passages = stories.stream().map(Story::passage).toList();
    List<String> earlier = new ArrayList<>();
    List<StepRow> rows = new ArrayList<>();
    rows.add(row(model, new Training(sequence, mode, 0), passages, true));
    try (KlAnchor anchor = model.klAnchor(before.teacher, guards.klWeight(), guards.klBatch())) {
      for (int k = 0; k < stories.size(); k++) {
        Seeds own = seeds.child("passage", sequence, k);
        Training training = new Training(sequence, mode, k + 1);
        training.passageId = passages.get(k).id();
        training.selfEdit = write(model, stories.get(k), own.child("edit"));
        List<String> texts = model.texts(passages.get(k), training.selfEdit);
        List<String> all = new ArrayList<>(texts);
        if (mode.replays()) {
          all.addAll(replayed(earlier, own.child("replay")));
        }
        List<Penalty> penalties = new ArrayList<>();
        if (mode.anchors()) {
          penalties.add(anchor.during(own.child("anchor")));
        }
        if (mode == Mode.EWC) {
          penalties.add(consolidation);
        }
        double[] curve = model.train(all, penalties, own.child("inner"));
        training.steps = curve.length;
        training.lastLoss = curve.length == 0 ? 0 : curve[curve.length - 1];
        training.scale = merge(model, mode, curve.length > 0);
        earlier.addAll(texts);
        if (mode == Mode.EWC && !texts.isEmpty()) {
          consolidation.protect(model.fisher(texts));
        }
        boolean last = k == stories.size() - 1;
        rows.add(row(model, training, passages.subList(0, k + 1), last));
      }
    }
    return rows;
  }

  private String write(ContinualModel model, Story story, Seeds own) {
    EditsKeys edits = config.edits();
    return switch (edits.writer()) {
      case POLICY -> model.write(new PassageContext(story.passage()), own);
      case TEACHER -> edits.teacher().writeAll(story, own.rng());
    };
  }

  private List<String> replayed(List<String> earlier, Seeds own) {
    List<String> drawn = new ArrayList<>(earlier);
    int most = config.guards().replayTexts();
    if (most == 0 || drawn.size() <= most) {
      return drawn;
    }
    own.rng().shuffle(drawn);
    return drawn.subList(0, most);
  }

  /** Merges as far as the mode allows; returns the scale. */
  private double merge(ContinualModel model, Mode mode, boolean trained) {
    if (!trained || !model.isSound()) {
      return 0;
    }
    GuardsKeys guards = config.guards();
    double scale =
        mode == Mode.MERGE_GATE
            ? guards.gate().scale(anchors(model), tried -> anchorsAt(model, tried))
            : 1;
    if (scale > 0) {
      MergedAdapter merged =
          switch (mode) {
            case NORM_ANCHOR -> model.mergeAnchored();
            case DENOISE -> model.mergeDenoised(guards.denoise());
            default -> model.merge(scale);
          };
      merged.close();
    }
    return scale;
  }

  private double anchorsAt(ContinualModel model, double scale) {
    MergedAdapter merged = model.merge(scale);
    double share = anchors(model);
    merged.unmerge();
    return share;
  }

  private double anchors(ContinualModel model) {
    return model.ask(List.of(before.prior.anchors())).get(0).reward();
  }

  /** How the model was trained on a passage. */
  private static final class Training {
    private final int sequence;
    private final Mode mode;
    private final int step;
    private String passageId = "";
    private String selfEdit = "";
    private int steps;
    private double lastLoss;
    private double scale;

    Training(int sequence, Mode mode, int step) {
      this.sequence = sequence;
      this.mode = mode;
      this.step = step;
    }
  }

  private StepRow row(
      ContinualModel model, Training training, List<Passage> asked, boolean asksPrior) {
    List<Grade> answered = model.ask(asked);
    OptionalDouble old =
        asksPrior
            ? OptionalDouble.of(model.ask(List.of(before.prior.measured())).get(0).reward())
            : OptionalDouble.empty();
    return new StepRow(
        training.sequence,
        training.mode,
        training.step,
        training.passageId,
        training.selfEdit,
        training.steps,
        training.lastLoss,
        training.scale,
        answered.stream().map(Grade::reward).toList(),
        answered.stream().map(Grade::answers).toList(),
        old);
  }
}
