package org.example.reversal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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

/**
 * A model learns to say a word backwards. Its self-edit is one digit: the learning rate with which
 * an adapter is trained on the word and its reversal. The adapted model is then asked for it.
 *
 * @param epochs passes over the one training sequence of an adapter
 */
public record Reversal(int epochs)
    implements Domain<Reversal.Word, Reversal.Rate>, EditLanguage<Reversal.Word, Reversal.Rate> {
  /** One token a character: letters, "say it backwards", "write a self-edit", the self-edits. */
  public static final String TOKENS = "abcdefgh>!01234";

  static final int FIRST_EDIT = TOKENS.indexOf('0');
  static final List<Double> RATES = List.of(1e-4, 1e-3, 1e-2, 2e-2, 1.0);

  /** A word of letters a to h. */
  public record Word(String id, String family) implements Context {}

  /** A learning rate, by its place in the list. */
  public record Rate(int index) implements SelfEdit {}

  /** Tokens of a text, of which the last so many count in the loss. */
  static TokenSequence tokens(String text, int counted) {
    float[] weights = new float[text.length()];
    java.util.Arrays.fill(weights, weights.length - counted, weights.length, 1);
    return new TokenSequence(
        text.chars().map(TOKENS::indexOf).toArray(), new int[weights.length], weights);
  }

  static String backwards(Word word) {
    return new StringBuilder(word.id()).reverse().toString();
  }

  @Override
  public Optional<InnerLoopTask> training(Word word, Rate edit, Seeds seeds) {
    TokenSequence lesson = tokens(word.id() + ">" + backwards(word), word.id().length());
    return Optional.of(new InnerLoopTask(List.of(lesson), RATES.get(edit.index()), epochs, seeds));
  }

  @Override
  public Examiner<Word> examiner() {
    return new Examiner<>() {
      @Override
      public Exam exam(Word word, Seeds seeds) {
        String truth = backwards(word);
        Prompt asked = Prompt.of(tokens(word.id() + ">", 0), seeds);
        TokenSequence gold = tokens(word.id() + ">" + truth, truth.length());
        return new Exam(List.of(asked), List.of(gold), truth, answers -> grade(answers, truth));
      }

      @Override
      public GenerationConfig answering() {
        return new GenerationConfig(Sampling.mostLikely(), StopRule.after(4));
      }
    };
  }

  private Grade grade(List<int[]> answers, String truth) {
    String said = text(answers.get(0));
    return new Grade(said.equals(truth) ? 1 : 0, List.of(said));
  }

  @Override
  public EditFormat<Word, Rate> format() {
    return new EditFormat<>() {
      @Override
      public ParsedEdit<Rate> read(Word word, String raw) {
        return raw.matches("[0-4]")
            ? new ParsedEdit.Valid<>(new Rate(raw.charAt(0) - '0'))
            : new ParsedEdit.Invalid<>(InvalidReason.WRONG_SYMBOL, "no digit 0 to 4: " + raw);
      }

      @Override
      public String write(Rate edit) {
        return "" + edit.index();
      }
    };
  }

  @Override
  public Prompt prompt(Word word, Seeds seeds) {
    int[] edits = IntStream.range(FIRST_EDIT, TOKENS.length()).toArray();
    return Prompt.of(tokens(word.id() + "!", 0), seeds).withMask(TokenMask.places(List.of(edits)));
  }

  @Override
  public StopRule stop() {
    return StopRule.after(1);
  }

  @Override
  public String text(int[] ids) {
    StringBuilder text = new StringBuilder();
    IntStream.of(ids).forEach(id -> text.append(TOKENS.charAt(id)));
    return text.toString();
  }

  @Override
  public TokenSequence example(Word word, Rate edit) {
    return tokens(word.id() + "!" + edit.index(), 1);
  }
}
