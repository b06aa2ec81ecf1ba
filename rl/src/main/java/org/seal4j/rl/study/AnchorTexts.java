package org.seal4j.rl.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.rl.inner.Asking;

/**
 * What a model writes on subjects that no document is about, with what it holds for likely at each
 * place. Trained on beside the documents they hold the model to what it was: the loss is the
 * divergence (KL) of the trained model from the model as it is, on texts that it draws itself. Half
 * of them are answers to questions, since questions are what is trained on: without them a model
 * answers every question as if it were about the documents. The others are what a chat model says
 * when it is told something, and plain text.
 */
public final class AnchorTexts {
  private static final int TOKENS = 40;
  private static final double TEMPERATURE = 0.7;

  /** General questions, none of which is asked in the examination of {@code adapt}. */
  private static final List<String> QUESTIONS = questions();

  private static final List<String> SUBJECTS =
      List.of(
          "the sea",
          "cooking rice",
          "a good night's sleep",
          "the history of printing",
          "trees in winter",
          "baking bread",
          "learning to swim",
          "what a bank does",
          "the moon",
          "taking care of a dog",
          "a letter to a friend",
          "the colour of the sky",
          "travelling by train",
          "the human heart",
          "a job interview",
          "growing tomatoes",
          "reading a map",
          "how a bicycle works",
          "a story about a fox",
          "the water cycle",
          "clear writing",
          "music and memory",
          "computers",
          "a healthy breakfast",
          "ancient cities",
          "multiplication",
          "how plants grow",
          "a message to a customer",
          "earthquakes",
          "football");

  private static final List<String> REQUESTS =
      List.of(
          "Tell me about %s.",
          "Explain %s to a child.",
          "Write a few sentences about %s.",
          "What should I know about %s?");

  private static final List<String> BEGINNINGS =
      List.of(
          "The",
          "In the",
          "A",
          "It is",
          "Many people",
          "When",
          "There are",
          "One of",
          "For",
          "During the",
          "Most",
          "This");

  private final StudyForm form;
  private final Weights weights;
  private final Workers workers;
  private final GenerationConfig writing;

  /**
   * @param likeliest tokens that are kept at each place
   */
  public AnchorTexts(Weights weights, StudyForm form, int likeliest, Workers workers) {
    this.form = form;
    this.weights = weights;
    this.workers = workers;
    writing = new GenerationConfig(Sampling.at(TEMPERATURE), form.text(TOKENS), likeliest);
  }

  /** The general questions, which no document is about. */
  public static List<String> generalQuestions() {
    return QUESTIONS;
  }

  /** So many rows, drawn from the model, with a loss where it wrote. */
  public List<TokenSequence> write(int count, Seeds seeds) {
    List<TokenSequence> prompts = new ArrayList<>();
    List<Seeds> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(prompt(i));
      drawn.add(seeds.child("anchor", i));
    }
    List<Generation> made;
    try (Asking asking =
        new Asking(weights, LinearBank.base(weights), workers, ClosedBookAnswers.ROWS)) {
      made = asking.all(prompts, drawn, writing);
    }
    List<TokenSequence> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Generation one = made.get(i);
      SoftTargets likeliest = Checks.present(one.likeliest(), "the likeliest tokens were not kept");
      rows.add(StudyRows.row(prompts.get(i), one.tokens(), likeliest));
    }
    return rows;
  }

  private TokenSequence prompt(int i) {
    if (i % 2 == 0) {
      return form.closedBook(QUESTIONS.get(i / 2 % QUESTIONS.size()));
    }
    int turn = i / 4;
    return i % 4 == 1 && form.chat().isPresent()
        ? form.closedBook(
            REQUESTS.get(turn % REQUESTS.size()).formatted(SUBJECTS.get(turn % SUBJECTS.size())))
        : form.given(BEGINNINGS.get(turn % BEGINNINGS.size()));
  }

  private static List<String> questions() {
    String name = "anchor-questions.txt";
    try (InputStream in = AnchorTexts.class.getResourceAsStream(name)) {
      byte[] bytes = Checks.present(in, "%s is missing from the program", name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
