package org.seal4j.scripts.adapt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Fact;
import org.seal4j.eval.report.Figure;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleBase;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.bundle.Routing;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.tuning.TrainedFolder;

/** The part of a run that makes a bundle: an adapter for each passage, the gate, the proof. */
final class BundleRun {
  private final Lab lab;
  private final AdaptKeys recipe;
  private final ModelFolder model;
  private final StudyForm form;

  BundleRun(Lab lab, AdaptKeys recipe, ModelFolder model, StudyForm form) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    this.form = form;
  }

  /**
   * Trains, writes the bundle, and examines the model with it.
   *
   * @param material of each passage; one without any gets no adapter
   */
  Findings findings(Prepared prepared, List<StudyBatches.Material> material) {
    Path folder = lab.folder().resolve(BundlePath.IN_RUN);
    PassageAdapters adapters =
        new PassageAdapters(
            lab, recipe, model, form, lab.seeds().child("adapt"), folder.resolve(Bundle.ADAPTERS));
    List<DocumentPassage> passages = prepared.passages();
    List<Integer> learned = new ArrayList<>();
    List<PassageAdapters.Study> studies = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      if (!material.get(i).isEmpty()) {
        learned.add(i);
        studies.add(new PassageAdapters.Study(passages.get(i), material.get(i)));
      }
    }
    int without = passages.size() - learned.size();
    if (without > 0) {
      lab.say(
          "%d of %d passages get no adapter, since no question about them was kept"
              .formatted(without, passages.size()));
    }
    PassageAdapters.Trained trained = lab.stage("training", () -> adapters.all(studies));
    return lab.stage(
        "after",
        () -> {
          Bundle bundle = written(folder, prepared, learned, trained.rows());
          return examined(prepared, bundle, trained, adapters.sentence(trained), without);
        });
  }

  private Bundle written(Path folder, Prepared prepared, List<Integer> learned, List<Row> trained) {
    List<BundleEntry> entries = new ArrayList<>();
    List<BundleQuestion> questions = new ArrayList<>();
    try (Worker worker = lab.workers().another();
        StateReader reader = new StateReader(model, form.tokenizer(), worker)) {
      for (int i = 0; i < learned.size(); i++) {
        int at = learned.get(i);
        DocumentPassage passage = prepared.passages().get(at);
        entries.add(BundleEntries.of(prepared.documents(), passage, trained.get(i), reader));
        questions.addAll(
            BundleEntries.about(passage.id(), prepared.syllabus().trained(at), reader));
      }
      questions.addAll(BundleEntries.general(reader));
    }
    BundleBase base =
        new BundleBase(
            recipe.model().named().toString(),
            model.weights().sha256(),
            recipe.inner().config().lora());
    BundleContents contents =
        new BundleContents(
            base,
            recipe.bundle().way(),
            BundleRecipe.of(recipe, lab.seeds()).text(),
            entries,
            questions);
    forget(folder.resolve(Bundle.FILE));
    return Bundle.write(folder, contents, folder.resolve(Bundle.ADAPTERS));
  }

  /** What a run wrote that was stopped after it, it writes again. */
  private static void forget(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", file, AtomicFile.reason(e));
    }
  }

  private Findings examined(
      Prepared prepared,
      Bundle bundle,
      PassageAdapters.Trained trained,
      String training,
      int without) {
    RouteWay way = bundle.contents().way();
    Examination.Paper before = prepared.before();
    RoutedExamination.Routed after;
    try (Worker worker = lab.workers().another();
        StateReader reader = new StateReader(model, form.tokenizer(), worker);
        Routing routing =
            new Routing(
                bundle.contents(),
                way.by().router(bundle.contents(), reader::of),
                bundle.gate(way.by()),
                way.top())) {
      after =
          new RoutedExamination(model, bundle, routing, recipe.study().shards())
              .of(prepared.exam(), before, lab.workers());
    }
    Verdict verdict =
        Verdict.of(
            before,
            after.paper(),
            OptionalInt.of(after.paragraphs()),
            recipe.proof().maxHarm(),
            lab.seeds().child("adapt"));
    lab.say(verdict.gainText());
    lab.say(verdict.harmText());
    lab.say(after.sentence());
    Optional<String> refusal = verdict.refusal();
    boolean kept = refusal.isEmpty() || recipe.proof().force();
    if (kept) {
      refusal.ifPresent(why -> lab.say(why + "; written all the same (proof.force)"));
      lab.say("bundle: " + bundle.folder());
    } else {
      TrainedFolder.clear(bundle.folder());
      lab.say(refusal.orElseThrow() + "; it was not written (--force writes it)");
    }
    AdaptFindings.Studied studied =
        new AdaptFindings.Studied(
            training,
            trained.losses(),
            canary(trained.rows()),
            facts(bundle, after, without),
            new Fact("bundle/", "an adapter for each passage in the form of PEFT, and an index"));
    Findings findings = prepared.findings(lab, recipe, after.paper(), verdict, studied, kept);
    return findings.withFigures(with(findings.figures(), after));
  }

  private List<Fact> facts(Bundle bundle, RoutedExamination.Routed after, int without) {
    List<Fact> facts = new ArrayList<>();
    RouteWay way = bundle.contents().way();
    long bytes = bundle.contents().entries().stream().mapToLong(BundleEntry::bytes).sum();
    facts.add(
        new Fact(
            "bundle",
            String.format(
                Locale.ROOT,
                "%d adapters, %.1f MB; %d passages without one",
                bundle.contents().entries().size(),
                bytes * 1e-6,
                without)));
    facts.add(
        new Fact(
            "routing",
            "by %s, %d at a time: %s; %d general questions were answered by an adapter"
                .formatted(way.by(), way.top(), after.sentence(), after.strayed())));
    facts.add(new Fact("gate", bundle.gate(way.by()).sentence()));
    return facts;
  }

  /** The figures of the router beside those of any run. */
  private static Map<String, Figure> with(
      Map<String, Figure> others, RoutedExamination.Routed after) {
    Map<String, Figure> figures = new TreeMap<>(others);
    if (after.known() > 0) {
      double right = (double) after.found() / after.known();
      figures.put("routedRight", new Figure(right, "", Optional.empty(), after.known()));
    }
    int general = after.paper().count(Asked.Origin.GENERAL);
    double strayed = (double) after.strayed() / general;
    figures.put("generalRouted", new Figure(strayed, "", Optional.empty(), general));
    return figures;
  }

  private static String canary(List<Row> trained) {
    double least =
        trained.stream().mapToDouble(row -> row.float64("moved")).min().orElse(Double.NaN);
    double apart =
        trained.stream().mapToDouble(row -> row.float64("apart")).max().orElse(Double.NaN);
    return String.format(
        Locale.ROOT,
        "each adapter was read back; a sentence moves by %.4f nats per token at least; merged and"
            + " unmerged are %.1e apart at most",
        least,
        apart);
  }
}
