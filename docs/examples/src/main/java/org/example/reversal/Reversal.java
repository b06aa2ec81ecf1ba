package org.example.reversal;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.example.reversal.Reversal.Rate;
import org.example.reversal.Reversal.Word;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.lora.train.InnerLoopTask;
import org.seal4j.model.generate.GenerationConfig;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;
import org.seal4j.rl.Context;
import org.seal4j.rl.Domain;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.EditLanguage;
import org.seal4j.rl.Exam;
import org.seal4j.rl.Examiner;
import org.seal4j.rl.Grade;
import org.seal4j.rl.InvalidReason;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.SelfEdit;
import org.seal4j.rl.reward.EditFeatures;

/**
 * A model learns to write words backwards. A self-edit is one digit: which learning rate trains an
 * adapter on a word and its reversal. The adapted model is then asked for the reversal.
 *
 * @param epochs passes over the one training sequence of an adapter
 */
public record Reversal(int epochs)
    implements Domain<Word, Rate>, Examiner<Word>, EditFormat<Word, Rate>, EditLanguage.OnePrompt<Word, Rate>,
        EditFeatures<Word, Rate> {
  /** One token a character: letters, "write it backwards", "write a self-edit", five self-edits. */
  static final String TOKENS = "abcdefgh>!01234";

  static final List<Double> RATES = List.of(1e-4, 1e-3, 1e-2, 2e-2, 1.0);
  private static final int[] EDITS = IntStream.range(10, 15).toArray();

  /** A word of letters a to h. */
  public record Word(String id, String family) implements Context {}

  /** A learning rate by its place in the list. */
  public record Rate(int index) implements SelfEdit {}

  /** The tokens of a text, of which the last so many count in the loss. */
  static TokenSequence tokens(String text, int counted) {
    float[] weights = new float[text.length()];
    Arrays.fill(weights, weights.length - counted, weights.length, 1);
    int[] ids = text.chars().map(TOKENS::indexOf).toArray();
    return new TokenSequence(ids, new int[ids.length], weights);
  }

  private static String backwards(Word word) {
    return new StringBuilder(word.id()).reverse().toString();
  }

  private static TokenSequence lesson(Word word) {
    return tokens(word.id() + ">" + backwards(word), word.id().length());
  }

  // Domain: how a self-edit trains, and who examines the adapted model.

  public Optional<InnerLoopTask> training(Word word, Rate edit, Seeds seeds) {
    double rate = RATES.get(edit.index());
    return Optional.of(new InnerLoopTask(List.of(lesson(word)), rate, epochs, seeds));
  }

  public Examiner<Word> examiner() {
    return this;
  }

  public EditFormat<Word, Rate> format() {
    return this;
  }

  // Examiner: what it is asked, and what its answer is worth.

  public Exam exam(Word word, Seeds seeds) {
    Prompt question = Prompt.of(tokens(word.id() + ">", 0), seeds);
    return new Exam(List.of(question), List.of(lesson(word)), backwards(word), answers -> {
      String answer = text(answers.get(0));
      return new Grade(answer.equals(backwards(word)) ? 1 : 0, List.of(answer));
    });
  }

  public GenerationConfig answering() {
    return new GenerationConfig(Sampling.mostLikely(), StopRule.after(4));
  }

  // EditFormat: how a self-edit is read and written.

  public ParsedEdit<Rate> read(Word word, String raw) {
    return raw.matches("[0-4]")
        ? new ParsedEdit.Valid<>(new Rate(Integer.parseInt(raw)))
        : new ParsedEdit.Invalid<>(InvalidReason.WRONG_SYMBOL, "expected 0 to 4, got " + raw);
  }

  public String write(Rate edit) {
    return Integer.toString(edit.index());
  }

  // EditLanguage: how a model is asked for a self-edit, and learns to write one.

  public Prompt prompt(Word word, Seeds seeds) {
    return Prompt.of(tokens(word.id() + "!", 0), seeds).withMask(TokenMask.places(List.of(EDITS)));
  }

  public StopRule stop() {
    return StopRule.after(1);
  }

  public String text(int[] ids) {
    return IntStream.of(ids).mapToObj(id -> TOKENS.substring(id, id + 1)).collect(joining());
  }

  public TokenSequence example(Word word, Rate edit) {
    return tokens(word.id() + "!" + write(edit), 1);
  }

  // EditFeatures: what a reward can be learned from, where a recipe has loop.screen.

  public double[] features(Word word, Rate edit) {
    return IntStream.range(0, RATES.size()).mapToDouble(i -> i == edit.index() ? 1 : 0).toArray();
  }
}
