package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * What a model writes on subjects that no document is about, with what it holds for likely at each
 * place. Trained on beside the documents they hold the model to what it was: the loss is the
 * divergence (KL) of the trained model from the model as it is, on texts that it draws itself. A
 * chat model answers every other one as the user's message; the others go on with plain text.
 */
public final class AnchorTexts {
  private static final int TOKENS = 40;

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
    writing = new GenerationConfig(Sampling.at(1), form.text(TOKENS), likeliest);
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
      rows.add(row(prompts.get(i), made.get(i)));
    }
    return rows;
  }

  private TokenSequence prompt(int i) {
    int turn = i / 2;
    return i % 2 == 0 && form.chat().isPresent()
        ? form.closedBook(
            REQUESTS.get(turn % REQUESTS.size()).formatted(SUBJECTS.get(turn % SUBJECTS.size())))
        : form.given(BEGINNINGS.get(turn % BEGINNINGS.size()));
  }

  private static TokenSequence row(TokenSequence prompt, Generation made) {
    int before = prompt.length();
    int[] ids = Arrays.copyOf(prompt.ids(), before + made.tokens().length);
    System.arraycopy(made.tokens(), 0, ids, before, made.tokens().length);
    float[] weights = new float[ids.length];
    Arrays.fill(weights, before, ids.length, 1f);
    SoftTargets likeliest = Checks.present(made.likeliest(), "the likeliest tokens were not kept");
    return new TokenSequence(ids, new int[ids.length], weights, likeliest.behind(before));
  }
}
