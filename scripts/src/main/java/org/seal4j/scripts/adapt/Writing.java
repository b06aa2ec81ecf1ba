package org.seal4j.scripts.adapt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Amount;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.RowLog;
import org.seal4j.model.Weights;
import org.seal4j.model.weights.ModelFolder;
import org.seal4j.rl.experiment.Lab;
import org.seal4j.rl.study.PassageTexts;
import org.seal4j.rl.study.QuestionWriter;
import org.seal4j.rl.study.Rejection;
import org.seal4j.rl.study.StudyForm;
import org.seal4j.rl.study.TaughtQuestions;

/** The model writes about every passage: questions, and texts where the method has some. */
final class Writing implements AutoCloseable {
  private final Lab lab;
  private final AdaptKeys recipe;
  private final QuestionWriter questions;
  private final TaughtQuestions taught;
  private final PassageTexts texts;
  private final ModelFolder model;
  private final StudyForm form;
  private @Nullable PolicyWriter policy;

  Writing(Lab lab, AdaptKeys recipe, ModelFolder model, StudyForm form) {
    this.lab = lab;
    this.recipe = recipe;
    this.model = model;
    this.form = form;
    Weights weights = model.weights();
    QuestionWriter.How how = recipe.questions().how(recipe.study().asks());
    questions = new QuestionWriter(weights, form, how, lab.workers());
    taught = new TaughtQuestions(weights, form, how, lab.workers());
    texts =
        new PassageTexts(
            weights, form, recipe.study().written(), recipe.study().textTokens(), lab.workers());
  }

  /** What was written about each passage, in their order; read back where a log has it. */
  List<WritingLog.Written> all(List<Passage> passages, Seeds seeds) {
    TeacherReplies replies = replies();
    try (RowLog log = lab.log(WritingLog.NAME, WritingLog.SCHEMA)) {
      List<String> ids = passages.stream().map(Passage::id).toList();
      List<WritingLog.Written> all = new ArrayList<>(WritingLog.read(log, ids));
      int rows = all.stream().mapToInt(Writing::rows).sum();
      openPolicy(all.size() < passages.size());
      lab.listener().start("questions", passages.size());
      if (!all.isEmpty()) {
        lab.listener().resume(all.size(), "from the log");
      }
      for (int i = all.size(); i < passages.size(); i++) {
        Passage passage = passages.get(i);
        WritingLog.Written written = one(passage, seeds.child("writing", passage.id()), replies);
        WritingLog.append(log, passage.id(), written, rows);
        rows += rows(written);
        all.add(written);
        lab.listener().step(i + 1, Amount.of(kept(all), "question"));
      }
      lab.listener().end();
      if (replies != null) {
        replies.close();
      }
      return all;
    }
  }

  /** The policy that writes texts, where the method names one and something is left to write. */
  private void openPolicy(boolean writes) {
    StudyPolicy source = recipe.study().policy().orElse(null);
    if (writes && source != null) {
      lab.say("texts are written by the policy of " + source.path());
      policy = new PolicyWriter(source, model, form, recipe.study(), lab.workers());
    }
  }

  /** Those of another model, where it writes the questions. */
  private @Nullable TeacherReplies replies() {
    TeacherKeys teacher = recipe.questions().teacher();
    if (teacher == null) {
      return null;
    }
    lab.say(
        "the questions and their answers are of %s at %s%s"
            .formatted(
                teacher.endpoint().model(),
                teacher.endpoint().url(),
                recipe.study().methods().contains(StudyMethod.DISTILL)
                    ? "; distill trains on these answers as they stand, as self-qa does"
                    : ""));
    return new TeacherReplies(lab.folder(), lab.identity(), teacher);
  }

  private static int rows(WritingLog.Written written) {
    return written.questions().size() + written.texts().size() + 1;
  }

  private static int kept(List<WritingLog.Written> all) {
    return all.stream().mapToInt(one -> one.questions().size()).sum();
  }

  private WritingLog.Written one(Passage passage, Seeds seeds, @Nullable TeacherReplies replies) {
    QuestionWriter.Written written =
        replies == null
            ? questions.write(passage, seeds.child("questions"))
            : taught.write(passage, (round, message) -> replies.to(passage.id(), round, message));
    List<String> about = new ArrayList<>();
    for (StudyMethod method : recipe.study().methods()) {
      if (method.writes()) {
        about.addAll(texts.write(passage, method.label(), seeds.child(method.label())));
      }
    }
    if (policy != null) {
      about.addAll(policy.write(passage, seeds.child("policy")));
    }
    return new WritingLog.Written(written.kept(), about, note(written));
  }

  private static String note(QuestionWriter.Written written) {
    Map<Rejection, Integer> sorted = new TreeMap<>(written.rejected());
    String why =
        sorted.entrySet().stream()
            .map(entry -> entry.getValue() + ": " + entry.getKey().sentence())
            .collect(Collectors.joining("; "));
    return "%s written, %d kept%s"
        .formatted(
            Amount.of(written.written(), "question"),
            written.kept().size(),
            why.isEmpty() ? "" : "; " + why);
  }

  @Override
  public void close() {
    questions.close();
    taught.close();
    texts.close();
    if (policy != null) {
      policy.close();
    }
  }
}
