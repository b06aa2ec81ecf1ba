package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.passage.KnowledgeEdit;
import org.seal4j.rl.passage.PassageContext;
import org.seal4j.rl.passage.PromptKinds;

/**
 * Passages that a real model studies: a self-edit is what it writes about a passage, texts or
 * questions, and the adapter is trained on that beside the passage for a given number of steps.
 * Questions are answered by the model that reads the passage ({@link TaughtExecutor}); what it held
 * for likely is what the adapter learns.
 *
 * @param form tokens and prompts
 * @param course how edits are trained on
 * @param editTokens longest self-edit
 * @param examiner what is asked afterwards
 * @param teacher answers the questions of edits
 */
public record StudyDomain(
    StudyForm form,
    StudyCourse course,
    int editTokens,
    Examiner<PassageContext> examiner,
    TeacherAnswers teacher)
    implements Domain<PassageContext, KnowledgeEdit>, EditLanguage<PassageContext, KnowledgeEdit> {
  /** Reason of an edit without any question. */
  static final String NO_QUESTION = "NO_QUESTION";

  @Override
  public EditFormat<PassageContext, KnowledgeEdit> format() {
    return new EditFormat<>() {
      @Override
      public ParsedEdit<KnowledgeEdit> read(PassageContext context, String raw) {
        return !asks() || !QuestionList.read(raw).isEmpty()
            ? KnowledgeEdit.read(raw)
            : new ParsedEdit.Invalid<>(
                NO_QUESTION,
                "the answer has no line that ends with a question mark; a self-edit needs at least"
                    + " one question about the passage");
      }

      @Override
      public String write(KnowledgeEdit edit) {
        return edit.canonical();
      }
    };
  }

  /** The questions of an edit, in their order; of any other kind of edit none. */
  List<String> questions(KnowledgeEdit edit) {
    return asks() ? QuestionList.read(edit.text()) : List.of();
  }

  /**
   * What was written about a passage.
   *
   * @param context the passage
   * @param edit the text
   */
  public record Written(PassageContext context, KnowledgeEdit edit) {}

  /**
   * Has the teacher answer the questions of these edits, together, so that edits of one passage
   * share what it reads. What it was asked before is dropped.
   */
  public void teach(List<Written> edits) {
    teacher.forget();
    List<TeacherAnswers.Asked> asked = new ArrayList<>();
    for (Written one : edits) {
      for (String question : questions(one.edit)) {
        asked.add(new TeacherAnswers.Asked(one.context.passage(), question));
      }
    }
    teacher.answer(asked);
  }

  @Override
  public Optional<InnerLoopTask> training(PassageContext context, KnowledgeEdit edit, Seeds seeds) {
    Passage passage = context.passage();
    List<TokenSequence> written = rows(passage, edit);
    List<TokenSequence> always =
        course.passage() ? List.of(new StudyRows(form).passage(passage).weighing(1)) : List.of();
    if (written.isEmpty() && always.isEmpty()) {
      return Optional.empty();
    }
    boolean alone = written.isEmpty();
    List<TokenSequence> rows = alone ? always : written;
    int places = course.steps() * (course.batch() - (alone ? 0 : always.size()));
    return Optional.of(
        new InnerLoopTask(
            turns(rows, places, seeds.child("turns")),
            alone ? List.of() : always,
            course.learningRate(),
            1,
            seeds));
  }

  /**
   * What adapters of an edit were trained on; the teacher must have answered its questions.
   *
   * @param trials seeds of each training
   * @param steps that each took
   */
  public StudiedEdit studied(
      PassageContext context, KnowledgeEdit edit, List<Seeds> trials, long steps) {
    List<String> questions = questions(edit);
    List<String> useful =
        questions.isEmpty()
            ? List.of()
            : useful(context.passage(), edit).stream().map(StudyQuestion::text).toList();
    long tokens = 0;
    for (Seeds trial : trials) {
      Optional<InnerLoopTask> task = training(context, edit, trial);
      for (int step = 0; task.isPresent() && step < steps; step++) {
        for (TokenSequence row : task.get().batch(step, course.batch())) {
          tokens += row.length();
        }
      }
    }
    return new StudiedEdit(questions.size(), useful, tokens);
  }

  /** Rows that take turns: each as often as any other, or once more. */
  private static List<TokenSequence> turns(List<TokenSequence> rows, int count, Seeds seeds) {
    Rng rng = seeds.rng();
    List<TokenSequence> all = new ArrayList<>();
    while (all.size() < count) {
      for (int at : rng.permutation(rows.size())) {
        if (all.size() < count) {
          all.add(rows.get(at));
        }
      }
    }
    return all;
  }

  /** Every row counts alike, however long it is (docs/results.md). */
  private List<TokenSequence> rows(Passage passage, KnowledgeEdit edit) {
    StudyRows rows = new StudyRows(form);
    List<TokenSequence> all = new ArrayList<>();
    switch (course.writing()) {
      case NOTHING -> {}
      case IMPLICATIONS, REWRITE -> {
        if (!edit.canonical().isEmpty()) {
          all.add(rows.text(passage.title() + "\n" + edit.canonical()));
        }
      }
      case QUESTIONS -> {
        for (StudyQuestion question : useful(passage, edit)) {
          all.add(
              course.distilled()
                  ? rows.distilled(question.text(), question.answer())
                  : rows.answered(question.text(), question.answer()));
        }
      }
    }
    return all.stream().map(row -> row.weighing(1)).toList();
  }

  /** The questions that are learned from. */
  private List<StudyQuestion> useful(Passage passage, KnowledgeEdit edit) {
    QuestionFilter filter = new QuestionFilter(passage, course.filter());
    List<StudyQuestion> useful = new ArrayList<>();
    for (String text : questions(edit)) {
      if (filter.question(text).isEmpty()) {
        StudyQuestion question =
            new StudyQuestion(passage.id(), QuestionKind.FACT, text, teacher.of(passage, text));
        if (filter.answer(question).isEmpty()) {
          useful.add(question);
        }
      }
    }
    return useful;
  }

  @Override
  public List<Prompt> prompts(PassageContext context, Seeds seeds) {
    return asks()
        ? list().prompts(context.passage(), seeds)
        : List.of(Prompt.of(told(context.passage()), seeds));
  }

  private TokenSequence told(Passage passage) {
    return form.told(passage, PromptKinds.builtIn().named(course.writing().kind()));
  }

  private boolean asks() {
    return course.writing() == StudyWriting.QUESTIONS;
  }

  private QuestionList list() {
    return new QuestionList(form, course.questions(), course.filter());
  }

  @Override
  public StopRule stop() {
    return asks() ? list().stop() : form.text(editTokens);
  }

  @Override
  public String text(List<int[]> parts) {
    return asks() ? list().text(parts) : form.words(parts.get(0));
  }

  @Override
  public List<TokenSequence> examples(PassageContext context, KnowledgeEdit edit) {
    Passage passage = context.passage();
    return asks()
        ? list().examples(passage, edit.canonical())
        : List.of(StudyRows.row(told(passage), form.ended(edit.canonical()), null));
  }

  @Override
  public List<TokenSequence> written(PassageContext context, KnowledgeEdit edit) {
    return asks() ? list().written(context.passage(), edit.canonical()) : examples(context, edit);
  }
}
