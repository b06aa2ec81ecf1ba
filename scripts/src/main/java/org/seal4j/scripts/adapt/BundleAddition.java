package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.table.Row;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleContents;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundleQuestion;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.lora.bundle.StateVector;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.FolderLab;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.experiment.RunListener;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.run.ProgressBar;
import org.seal4j.scripts.tuning.LessonEncoder;

/**
 * Adds documents to a bundle, or brings those that have changed up to date, in the way in which the
 * bundle was made. A passage that is there with the same id, title and text keeps its adapter, and
 * so do those of a document that has another name now ({@link FormerNames}); any other is learned
 * and gets the adapter that it would have got at first. What is made lies beside the bundle until
 * all is there; an addition that was stopped goes on from it.
 */
public final class BundleAddition {
  private static final int SHORT = 12;

  private final Bundle bundle;
  private final AdaptKeys recipe;
  private final BundleRecipe made;
  private final DocumentSet documents;
  private final int threads;
  private final RunListener listener;
  private final FormerNames former;

  /** What the bundle says, with the names that its documents have now. */
  private final BundleContents known;

  /**
   * @param documents files and folders
   * @param model another place of the bundle's model; null where it is where it was
   */
  public BundleAddition(
      Bundle bundle,
      List<Path> documents,
      @Nullable Path model,
      int threads,
      RunListener listener) {
    this.bundle = bundle;
    this.threads = threads;
    this.listener = listener;
    made = BundleRecipe.read(bundle.folder() + ": recipe.yaml", bundle.contents().recipe());
    recipe = made.learning(documents, model);
    recipe.documents().requireFiles();
    this.documents = recipe.documents().read();
    former = FormerNames.of(bundle.contents(), this.documents);
    known = former.applied(states(former.retitled()));
  }

  /** What a document comes to. */
  private record Learned(BundleEntry entry, List<BundleQuestion> questions) {}

  /**
   * Learns what is new, and writes the bundle with it.
   *
   * @return a line for each document: what became of it
   */
  public List<String> run() {
    List<DocumentPassage> missing =
        documents.passages().stream().filter(passage -> !isKnown(passage)).toList();
    documents.leftOut().forEach(left -> listener.said("left out: " + left));
    try (AdditionFolder begun = AdditionFolder.open(bundle)) {
      Path work = begun.work(name(missing));
      Map<String, Learned> learned = missing.isEmpty() ? Map.of() : learn(missing, work);
      List<String> lines = new ArrayList<>();
      BundleContents contents = known;
      for (DocumentSet.ReadFile file : documents.files()) {
        contents = with(contents, file.name(), learned, lines);
      }
      bundle.replace(contents, work.resolve(Bundle.ADAPTERS));
      begun.clear();
      lines.addAll(stale());
      return lines;
    }
  }

  /** Documents that are known, but could not be read this time: they stay as they were. */
  private List<String> stale() {
    List<String> names = known.documents();
    return documents.leftOut().stream()
        .filter(left -> names.contains(left.name()))
        .map(
            left ->
                "%s: %s; what the bundle knows of it stays, 'seal adapters remove' takes it out"
                    .formatted(left.name(), left.reason()))
        .toList();
  }

  /** What is to be learned, in short: work on something else is not gone on with. */
  private String name(List<DocumentPassage> missing) {
    List<String> parts = new ArrayList<>(List.of(bundle.contents().recipe()));
    missing.forEach(
        passage -> parts.addAll(List.of(passage.id(), passage.title(), passage.text())));
    return ContentHash.ofTexts(parts).substring(0, SHORT);
  }

  private boolean isKnown(DocumentPassage passage) {
    String sha256 = BundleEntry.sha256(passage.title(), passage.text());
    return known.entries().stream()
        .anyMatch(entry -> entry.passage().equals(passage.id()) && entry.sha256().equals(sha256));
  }

  private BundleContents with(
      BundleContents contents, String document, Map<String, Learned> learned, List<String> lines) {
    Map<String, BundleEntry> before = new HashMap<>();
    contents.of(document).forEach(entry -> before.put(entry.passage(), entry));
    List<BundleEntry> entries = new ArrayList<>();
    List<BundleQuestion> questions = new ArrayList<>();
    int fresh = 0;
    int changed = 0;
    int kept = 0;
    int without = 0;
    for (DocumentPassage passage : documents.passages()) {
      if (!BundleEntries.document(documents, passage.id()).equals(document)) {
        continue;
      }
      BundleEntry there = before.get(passage.id());
      Learned now = learned.get(passage.id());
      if (now != null) {
        entries.add(now.entry());
        questions.addAll(now.questions());
        fresh++;
        changed += there == null ? 0 : 1;
      } else if (there != null && isKnown(passage)) {
        entries.add(there.at(passage.source()));
        contents.questions().stream()
            .filter(question -> question.passage().equals(passage.id()))
            .forEach(questions::add);
        kept++;
      } else {
        without++;
      }
    }
    int gone =
        before.size() - (int) entries.stream().filter(e -> before.containsKey(e.passage())).count();
    lines.add(
        "%s: %s learned, %d as before, %d gone%s%s%s"
            .formatted(
                document,
                Amount.of(fresh, "passage"),
                kept,
                gone,
                without == 0 ? "" : ", %d without an adapter".formatted(without),
                changed == 0 ? "" : "; %d had another text before".formatted(changed),
                former.of(document).map("; it is %s under a new name"::formatted).orElse("")));
    return contents.with(document, entries, questions);
  }

  /** Reads texts with the bundle's model, where there are any. */
  private Map<String, StateVector> states(List<String> texts) {
    Map<String, StateVector> states = new HashMap<>();
    if (texts.isEmpty()) {
      return states;
    }
    try (ModelFolder model = ModelFolder.load(recipe.model().required());
        Worker worker = new Worker()) {
      bundle.contents().base().require(model.weights().sha256());
      LessonEncoder encoder = LessonEncoder.of(recipe.questions().chat(), model);
      try (StateReader reader = new StateReader(model, encoder.tokenizer(), worker)) {
        texts.forEach(text -> states.put(text, reader.of(text)));
      }
    }
    return states;
  }

  private Map<String, Learned> learn(List<DocumentPassage> missing, Path work) {
    FolderLab.Settings settings =
        new FolderLab.Settings(work, work.resolve("cache"), "cpu", made.seeds(), threads);
    try (FolderLab lab = new FolderLab(settings, listener);
        ModelFolder model = ModelFolder.load(recipe.model().required())) {
      bundle.contents().base().require(model.weights().sha256());
      Map<String, String> inputs = new TreeMap<>(ModelHashes.of(recipe.model().required()));
      inputs.put("passages", name(missing));
      lab.inputs(inputs);
      say(lab, model, missing);
      LessonEncoder encoder = LessonEncoder.of(recipe.questions().chat(), model);
      StudyForm form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
      return learn(lab, model, form, missing);
    }
  }

  private void say(Lab lab, ModelFolder model, List<DocumentPassage> missing) {
    Effort effort = Effort.of(missing, recipe.sizes(model.config()));
    double seconds =
        MachineSpeed.of(model, lab.workers()).seconds(effort.writing() + effort.training());
    lab.say(
        "to do:  %s of %d; about %s by the speed of this machine"
            .formatted(
                Amount.of(missing.size(), "passage"),
                documents.passages().size(),
                ProgressBar.time(seconds)));
  }

  private Map<String, Learned> learn(
      Lab lab, ModelFolder model, StudyForm form, List<DocumentPassage> missing) {
    Seeds seeds = made.root().child("adapt");
    List<WritingLog.Written> written;
    try (Writing writing = new Writing(lab, recipe, model, form)) {
      written = writing.all(missing.stream().map(Syllabus::passage).toList(), seeds);
    }
    Syllabus syllabus = new Syllabus(recipe, missing, written);
    List<StudyBatches.Material> material = syllabus.material(form);
    List<PassageAdapters.Study> studies = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      if (!material.get(i).isEmpty()) {
        studies.add(new PassageAdapters.Study(missing.get(i), material.get(i)));
        places.add(i);
      }
    }
    Path adapters = lab.folder().resolve(Bundle.ADAPTERS);
    List<Row> trained =
        new PassageAdapters(lab, recipe, model, form, seeds, adapters).all(studies).rows();
    Map<String, Learned> learned = new HashMap<>();
    try (Worker worker = lab.workers().another();
        StateReader reader = new StateReader(model, form.tokenizer(), worker)) {
      for (int i = 0; i < places.size(); i++) {
        DocumentPassage passage = missing.get(places.get(i));
        learned.put(
            passage.id(),
            new Learned(
                BundleEntries.of(documents, passage, trained.get(i), reader),
                BundleEntries.about(passage.id(), syllabus.trained(places.get(i)), reader)));
      }
    }
    return learned;
  }
}
