package org.seal4j.scripts.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.document.DocumentPassage;
import org.seal4j.data.document.DocumentSet;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.Row;
import org.seal4j.eval.report.Fact;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.train.AdapterTrainer;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.study.AnchorTexts;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.tuning.AdapterLearning;
import org.seal4j.scripts.tuning.Course;
import org.seal4j.scripts.tuning.Lesson;
import org.seal4j.scripts.tuning.LessonEncoder;
import org.seal4j.scripts.tuning.Measure;
import org.seal4j.scripts.tuning.TrainedFolder;
import org.seal4j.scripts.tuning.TrainingLoop;

/** One run, from its documents to what it found. */
final class AdaptRun {
  /** Passages whose likelihood is measured before the training. */
  private static final int MEASURED = 20;

  /** Most texts that hold the model to what it was; they take turns. */
  private static final int ANCHORS = 96;

  private final Lab lab;
  private final AdaptKeys recipe;
  private final ModelFolder model;
  private final Budget.@Nullable Planned planned;
  private final StudyForm form;
  private final Seeds seeds;

  AdaptRun(Lab lab, AdaptKeys recipe, ModelFolder model, Budget.@Nullable Planned planned) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    this.planned = planned;
    LessonEncoder encoder = LessonEncoder.of(recipe.questions().chat(), model);
    form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
    seeds = lab.seeds().child("adapt");
  }

  Findings findings() {
    // 1. The documents, and the user's own questions.
    DocumentSet documents = lab.stage("documents", this::read);
    List<DocumentPassage> passages = recipe.documents().first(documents);
    Path questions = recipe.documents().questions();
    List<Asked> own = questions == null ? List.of() : OwnQuestionsFile.read(questions);
    lab.inputs(hashes(documents));
    say(documents, passages);
    new Dropped(recipe, documents).tell(lab);
    new AdaptForecast(recipe, passages, own.size()).say(lab, model, planned);
    // 2. What the model writes about them.
    List<WritingLog.Written> written = lab.stage("questions", () -> write(passages));
    Syllabus syllabus = new Syllabus(recipe, passages, written);
    List<Row> learned = learned(syllabus);
    lab.table("passages", AdaptTables.PASSAGES, learned);
    // 3. The model as it is.
    int tokens = recipe.proof().answerTokens();
    Examination exam = new Examination(syllabus.questions(own), form, tokens);
    Examination.Paper before =
        lab.stage("before", () -> examined(exam, LinearBank.base(model.weights())));
    InContext inContext = lab.stage("in context", () -> inContext(exam, passages));
    Prepared prepared = new Prepared(documents, syllabus, learned, exam, before, inContext);
    // 4. The training, the adapter, and the model with it.
    List<StudyBatches.Material> all = syllabus.material(form);
    List<StudyBatches.Material> material = all.stream().filter(one -> !one.isEmpty()).toList();
    Checks.require(
        !material.isEmpty(),
        "study.method is %s, but the model wrote no question that can be learned from; add text to"
            + " it",
        recipe.study().method());
    if (recipe.bundle().apart()) {
      return new BundleRun(lab, recipe, model, form).findings(prepared, all);
    }
    try (AdapterLearning learning = learning(material.size())) {
      Course course = lab.stage("training", () -> train(material, learning));
      return lab.stage("after", () -> after(prepared, learning, course));
    }
  }

  private List<WritingLog.Written> write(List<DocumentPassage> passages) {
    try (Writing writing = new Writing(lab, recipe, model, form)) {
      return writing.all(passages.stream().map(Syllabus::passage).toList(), seeds);
    }
  }

  private InContext inContext(Examination exam, List<DocumentPassage> passages) {
    Map<String, Passage> byId = new TreeMap<>();
    passages.forEach(passage -> byId.put(passage.id(), Syllabus.passage(passage)));
    return InContext.of(exam, byId, model.weights(), lab.workers());
  }

  private DocumentSet read() {
    return planned == null ? recipe.documents().read() : planned.documents();
  }

  private Map<String, String> hashes(DocumentSet documents) {
    Map<String, String> hashes = new TreeMap<>(ModelHashes.of(recipe.model().required()));
    hashes.put("documents", documents.sha256());
    recipe.study().policy().ifPresent(policy -> hashes.putAll(policy.hashes()));
    Path questions = recipe.documents().questions();
    if (questions != null) {
      hashes.put("questions", ContentHash.ofFile(questions));
    }
    return hashes;
  }

  private void say(DocumentSet documents, List<DocumentPassage> passages) {
    lab.say(AdaptFindings.documents(documents, passages.size()));
    documents.notes().forEach(lab::say);
    documents.leftOut().forEach(left -> lab.say("left out: " + left));
    if (form.chat().isEmpty()) {
      lab.say("the model has no chat template: questions are put as plain text");
    }
  }

  private List<Row> learned(Syllabus syllabus) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < syllabus.passages().size(); i++) {
      rows.add(
          AdaptTables.passage(
              syllabus.passages().get(i),
              syllabus.trainedRows(i),
              syllabus.heldOut(i),
              syllabus.written().get(i).note()));
    }
    return rows;
  }

  private Examination.Paper examined(Examination exam, LinearBank linears) {
    return exam.of(model.weights(), linears, recipe.study().shards(), lab.workers());
  }

  private AdapterLearning learning(int passages) {
    InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
    return new AdapterLearning(
        model.weights(),
        new AdapterTrainer(
            model.weights(),
            recipe.adapter(recipe.steps(passages)),
            seeds.child("adapter"),
            lab.workers()));
  }

  private Course train(List<StudyBatches.Material> material, AdapterLearning learning) {
    AdaptKeys.Study study = recipe.study();
    int each = Math.min(study.passages(), material.size());
    long steps = recipe.steps(material.size());
    StudyBatches batches =
        new StudyBatches(material, each, study.others(), anchors(steps), seeds.child("order"));
    TrainingLoop.Plan plan =
        new TrainingLoop.Plan(
            batches, steps, steps, study.checkpointEvery(), Optional.empty(), false);
    List<Lesson> lessons = new ArrayList<>();
    batches.batch(0).stream()
        .limit(MEASURED)
        .forEach(row -> lessons.add(new Lesson(lessons.size() + 1, row, Optional.empty())));
    Measure start = measure(LinearBank.base(model.weights()), lessons);
    return new TrainingLoop(lab, plan, learning)
        .run(start, () -> measure(learning.linears(), lessons));
  }

  private StudyBatches.Anchors anchors(long steps) {
    int each = recipe.study().anchors();
    int count = (int) Math.min(ANCHORS, each * steps);
    AnchorTexts texts =
        new AnchorTexts(model.weights(), form, recipe.questions().likeliest(), lab.workers());
    return new StudyBatches.Anchors(texts.write(count, seeds.child("anchors")), each);
  }

  private Measure measure(LinearBank linears, List<Lesson> lessons) {
    return Measure.of(model.weights(), linears, lessons, recipe.study().shards(), lab.workers());
  }

  /** Examines the adapter as it lies in its files; one that is refused is taken away again. */
  private Findings after(Prepared prepared, AdapterLearning learning, Course course) {
    Path folder = lab.folder().resolve(TrainedFolder.ADAPTER);
    TrainedFolder.adapter(folder, learning.bank(), model, model.weights().sha256());
    try (PeftAdapter read = PeftAdapter.load(folder, model.config());
        AdapterBank bank = read.toBank()) {
      Examination.Paper after = examined(prepared.exam(), new LoraBank(model.weights(), bank, 1));
      Canary canary = Canary.of(model.weights(), bank, form, lab.workers());
      canary.require();
      Examination.Paper before = prepared.before();
      Verdict verdict =
          Verdict.of(before, after, OptionalInt.empty(), recipe.proof().maxHarm(), seeds);
      lab.say(verdict.gainText());
      lab.say(verdict.harmText());
      Optional<String> refusal = verdict.refusal();
      boolean kept = refusal.isEmpty() || recipe.proof().force();
      if (kept) {
        new AdapterReadme(recipe, prepared.documents(), prepared.passages(), before, after, verdict)
            .addTo(folder);
        read.saveGguf(GgufType.F32, folder.resolve("adapter.gguf"));
        TrainedFolder.clear(lab.folder().resolve("checkpoints"));
        refusal.ifPresent(why -> lab.say(why + "; written all the same (proof.force)"));
        lab.say("adapter: " + folder);
      } else {
        TrainedFolder.clear(folder);
        lab.say(refusal.orElseThrow() + "; it was not written (--force writes it)");
      }
      AdaptFindings.Studied studied =
          new AdaptFindings.Studied(
              course.sentence(),
              course.losses(),
              canary.sentence(),
              List.of(),
              new Fact("adapter/", "the adapter in the form of PEFT, and adapter.gguf"));
      return prepared.findings(lab, recipe, after, verdict, studied, kept);
    }
  }
}
