package org.seal4j.scripts.arc.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.seed.Seeds;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.eval.report.Section;
import org.seal4j.eval.report.Sections;
import org.seal4j.eval.stats.ClusteredMean;
import org.seal4j.rl.EditRow;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.Phases;

/** The tables, sections and figures of a measured room. */
final class RoomFindings {
  private final Lab lab;
  private final RoomKeys keys;
  private final Phases phases;
  private final Places places;
  private final ReadingTable reading;
  private final PhaseCost cost;
  private final String fixedLabel;
  private final Seeds seeds;
  private final List<Section> sections = new ArrayList<>();
  private final List<Fact> files = new ArrayList<>();
  private final Map<String, Figure> figures = new LinkedHashMap<>();

  RoomFindings(
      Lab lab,
      RoomKeys keys,
      Phases phases,
      Places places,
      ReadingTable reading,
      PhaseCost cost,
      String fixedLabel) {
    this.lab = lab;
    this.keys = keys;
    this.phases = phases;
    this.places = places;
    this.reading = reading;
    this.cost = cost;
    this.fixedLabel = fixedLabel;
    this.seeds = lab.seeds().child("room");
  }

  Findings into(
      Findings findings, @Nullable DesignTrials trials, @Nullable DesignTrials development) {
    figures.putAll(findings.figures());
    files.addAll(findings.files());
    if (trials != null) {
      design(trials, development);
    }
    if (keys.draws() > 0) {
      policy();
    }
    if (keys.parts()) {
      parts();
    }
    return findings
        .with(sections.toArray(Section[]::new))
        .withFigures(figures)
        .withFiles(files.toArray(Fact[]::new));
  }

  private void design(DesignTrials trials, @Nullable DesignTrials development) {
    RoomChoices choices = RoomChoices.of(trials, development, stages(), fixedLabel, seeds);
    RoomTable room = choices.table();
    lab.table("room", RoomTable.SCHEMA, room.table());
    files.add(new Fact("room.arrow", "what choosing a configuration is worth"));
    choices.sentences().forEach(lab::say);
    sections.add(room.section(choices.sentences()));
    figure("room: oracle − best fixed", choices.room());
    room.rows().forEach((name, mean) -> figure("room: " + name, mean));
    if (trials.design().configurations().size() >= 2) {
      RewardSpread spread = RewardSpread.of(trials, seeds.child("spread"));
      spread.sentences().forEach(lab::say);
      sections.add(spread.section());
    }
    ByConfiguration by = new ByConfiguration(trials, places);
    sections.add(by.choices());
    sections.add(Sections.matrices(List.of(by.matrix())));
    sections.add(by.numbers());
    PolicyAgreement agreement = new PolicyAgreement(by, stages());
    agreement.sentences().forEach(lab::say);
    sections.add(agreement.section());
  }

  /** What the policy wrote for held-out tasks, without RL and after the last round. */
  private Map<String, List<EditRow>> stages() {
    Map<String, List<EditRow>> stages = new LinkedHashMap<>();
    stages.put("policy without RL", phases.rows(Phases.NO_RL));
    stages.put("policy after round " + phases.rounds().size(), phases.rows(phases.last()));
    return stages;
  }

  private void policy() {
    lab.table("choices", ReadingTable.SCHEMA, reading.rows());
    files.add(new Fact("choices.arrow", "probabilities of the policy's choices by round"));
    for (String stage : reading.stages()) {
      lab.say(
          "policy %s: %.2f bits undecided about a self-edit, %.2f bits of its choices depend on the task"
              .formatted(stage, reading.entropy(stage), reading.information(stage)));
    }
    sections.add(reading.section(keys.draws()));
    sections.add(reading.preferences());
  }

  private void parts() {
    String last = phases.lastLabel();
    String one = "in-context" + Room.ALONE;
    String fixedOne = fixedLabel + Room.ALONE;
    Map<String, ScoreParts.Pair> pairs = new LinkedHashMap<>();
    pairs.put("the vote, in context", new ScoreParts.Pair("in-context", one));
    pairs.put("training alone", new ScoreParts.Pair(fixedOne, one));
    pairs.put("the vote, with training", new ScoreParts.Pair(fixedLabel, fixedOne));
    pairs.put("the policy's choice", new ScoreParts.Pair(last, fixedLabel));
    pairs.put("the vote, with the policy", new ScoreParts.Pair(last, last + Room.ALONE));
    String after = fixedLabel + " after " + last;
    pairs.put("what the rounds did to the model", new ScoreParts.Pair(after, fixedLabel));
    pairs.put("the policy's choice, same model", new ScoreParts.Pair(last, after));
    List<String> rows =
        List.of(
            one,
            "in-context",
            fixedOne,
            fixedLabel,
            Phases.NO_RL_LABEL,
            last + Room.ALONE,
            last,
            "in-context after " + last,
            after);
    ScoreParts parts = ScoreParts.of(phases, rows, pairs, cost, seeds.child("parts"));
    lab.table("parts", ScoreParts.SCHEMA, parts.table());
    files.add(new Fact("parts.arrow", "the score by its parts"));
    sections.add(parts.section());
  }

  private void figure(String name, ClusteredMean mean) {
    figures.put(
        name, new Figure(mean.mean(), "", Optional.of(mean.byKinds()), mean.effect().items()));
  }
}
