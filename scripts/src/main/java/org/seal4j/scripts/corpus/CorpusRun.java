package org.seal4j.scripts.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.Row;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundlePath;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.RouteWay;
import org.seal4j.lora.bundle.StateReader;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.lora.train.InnerLoopMemory;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Findings;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.inner.SharedModel;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.study.StudyDomain;
import org.seal4j.rl.study.StudyExaminer;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.TeacherAnswers;
import org.seal4j.scripts.run.ModelHashes;
import org.seal4j.scripts.tuning.LessonEncoder;

/** One run: adapters of all passages, then every method on every size of the corpus. */
final class CorpusRun {
  /** How the adapters of the bundle were made: by a run, whose folder has the recipe. */
  private static final String BUNDLE = "kind: corpus\n";

  /** Where adapters for all passages lie. */
  private static final String TOGETHER = "together";

  /** Where adapters lie that are merged one after the other. */
  private static final String MERGED = "merged";

  private final Lab lab;
  private final CorpusKeys recipe;
  private final ModelFolder model;
  private final String baseName;
  private final StudyForm form;
  private final CorpusPlan plan;
  private final PassageCourse course;

  CorpusRun(Lab lab, CorpusKeys recipe, ModelFolder model) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    // Without its folder, so that adapters are named alike wherever the model lies.
    baseName = String.valueOf(recipe.model().named().getFileName());
    LessonEncoder encoder = LessonEncoder.of(recipe.study().chat(), model);
    form = StudyForm.of(encoder.tokenizer(), encoder.chat(), model.endTokens());
    plan = lab.stage("passages", () -> CorpusPlan.of(recipe, lab.seeds()));
    TeacherAnswers teacher =
        new TeacherAnswers(
            model.weights(),
            form,
            recipe.study().answerTokens(),
            recipe.study().likeliest(),
            lab.workers());
    course =
        new PassageCourse(
            new StudyDomain(
                form,
                recipe.course().course(recipe),
                recipe.policy().longest(),
                examiner(false),
                teacher),
            lab.seeds());
  }

  private StudyExaminer examiner(boolean inSight) {
    return new StudyExaminer(form, recipe.answer().grader(), recipe.answer().maxTokens(), inSight);
  }

  Findings findings() {
    InnerLoopConfig together = recipe.together().config(recipe.inner());
    InnerLoopMemory.require("inner", model.config(), recipe.inner().config());
    InnerLoopMemory.require("together", model.config(), together);
    Map<String, String> hashes = new LinkedHashMap<>(plan.hashes());
    hashes.putAll(ModelHashes.of(recipe.model().required()));
    lab.inputs(hashes);
    lab.say(plan.note());
    SharedModel shared = new SharedModel(model.weights(), lab.workers());
    List<KnowledgeEdit> edits =
        lab.stage(
            "writing",
            () -> new PassageWriting(lab, recipe, shared, course.domain()).all(plan.passages()));
    try (Worker worker = lab.workers().another();
        StateReader reader = new StateReader(model, form.tokenizer(), worker)) {
      AdapterStore own =
          new AdapterStore(
              model.weights(),
              form.tokenizer(),
              baseName,
              bundle().resolve(Bundle.ADAPTERS),
              worker);
      AdapterStore all = own.in(lab.folder().resolve(TOGETHER));
      List<Row> trained =
          lab.stage(
              "training",
              () ->
                  new OwnAdapters(lab, model.weights(), recipe.inner().config(), course, own)
                      .all(corpus(), edits));
      Map<OneForAllAdapters.Place, Row> oneForAll =
          lab.stage("training one for all", () -> oneForAll(together, all, edits));
      AdapterStore merged = own.in(lab.folder().resolve(MERGED));
      Map<Succession, List<Row>> sequences =
          lab.stage(
              "training in sequence",
              () ->
                  new SequenceAdapters(lab, recipe, model.weights(), course, merged)
                      .all(Succession.of(recipe), plan.passages(), edits));
      CorpusMethods.Adapters adapters =
          new CorpusMethods.Adapters(
              trained,
              own,
              oneForAll,
              all,
              new MergedSequences(model.weights(), sequences, merged));
      return lab.stage("asking", () -> asked(adapters, reader));
    }
  }

  /** The largest corpus. */
  private List<Passage> corpus() {
    return plan.corpus(recipe.corpus().largest());
  }

  private Path bundle() {
    return lab.folder().resolve(BundlePath.IN_RUN);
  }

  private Map<OneForAllAdapters.Place, Row> oneForAll(
      InnerLoopConfig config, AdapterStore store, List<KnowledgeEdit> edits) {
    List<OneForAllAdapters.Place> places = new ArrayList<>();
    for (int size : recipe.corpus().sizes()) {
      recipe
          .compared(Method.OneForAll.class)
          .forEach(method -> places.add(new OneForAllAdapters.Place(size, method.rows())));
    }
    return places.isEmpty()
        ? Map.of()
        : new OneForAllAdapters(
                lab, model.weights(), config, recipe.together().rate(recipe.inner()), course, store)
            .all(places, corpus(), edits);
  }

  private Findings asked(CorpusMethods.Adapters adapters, StateReader reader) {
    List<Passage> passages = corpus();
    try (CorpusIndex index =
            new CorpusIndex(
                reader,
                baseName,
                model.weights().sha256(),
                recipe.inner().config().lora(),
                passages,
                adapters.trained());
        AskedLog log = new AskedLog(lab.log(AskedLog.NAME, AskedLog.SCHEMA))) {
      writeBundle(index);
      CorpusMethods methods = new CorpusMethods(recipe, model.weights(), passages, adapters, index);
      CorpusExamination examination =
          new CorpusExamination(
              lab,
              plan,
              methods,
              new CorpusExam(
                  form, recipe.answer().grader(), recipe.answer().maxTokens(), model.context()),
              new ModelAnswers(
                  model.weights(), examiner(false).answering(), examiner(true).answering()),
              log);
      List<CorpusRow> rows = new ArrayList<>();
      int done = 0;
      lab.listener()
          .start("asking", (long) recipe.corpus().sizes().size() * recipe.methods().size());
      for (int size : recipe.corpus().sizes()) {
        try (CorpusRoutes routes =
            new CorpusRoutes(index.contents(size, way(), ""), index::state)) {
          for (Method method : recipe.compared()) {
            rows.add(examination.of(method, size, routes));
            done++;
            lab.listener().step(done, rows.get(rows.size() - 1).label());
          }
        }
      }
      lab.listener().end();
      List<Forgetting> forgetting =
          Succession.of(recipe).isEmpty()
              ? List.of()
              : new ForgettingExam(lab, plan, examination, adapters.sequences()).of(recipe);
      return new CorpusFindings(
              lab, recipe, plan, rows, forgetting, adapters, model.weights().parameterCount())
          .of();
    }
  }

  /** The way of the first method that routes. */
  private RouteWay way() {
    return recipe.compared(Method.Routed.class).stream()
        .map(method -> new RouteWay(method.by(), method.top()))
        .findFirst()
        .orElse(new RouteWay(RouteBy.BOTH, 1));
  }

  /** The adapters of the largest corpus, as a bundle that can be asked. */
  private void writeBundle(CorpusIndex index) {
    Path file = bundle().resolve(Bundle.FILE);
    try {
      // What a run wrote that was stopped after it, it writes again.
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Checks.refuse("cannot delete %s: %s", file, AtomicFile.reason(e));
    }
    Bundle.write(
        bundle(),
        index.contents(recipe.corpus().largest(), way(), BUNDLE),
        bundle().resolve(Bundle.ADAPTERS));
  }
}
