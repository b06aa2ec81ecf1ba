package org.seal4j.model.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.seed.Rng;
import org.seal4j.model.ModelConfig;

/** One prompt while it is being answered. */
final class Answer {
  private final int index;
  private final Prompt prompt;
  private final ModelConfig model;
  private final TokenMask mask;
  private final PairPositions continuation;
  private final Rng rng;
  private final List<Choice> choices = new ArrayList<>();
  private final LikeliestTokens likeliest;
  private int lastPosition;
  private @Nullable StopReason reason;

  Answer(int index, Prompt prompt, ModelConfig model, int likeliest) {
    this.index = index;
    this.prompt = prompt;
    this.model = model;
    this.likeliest = new LikeliestTokens(likeliest);
    this.mask = prompt.mask().get();
    this.continuation = prompt.continuation().get();
    this.rng = prompt.seeds().rng();
    this.lastPosition = prompt.tokens().positions()[prompt.tokens().length() - 1];
  }

  /** Index of the prompt in the call. */
  int index() {
    return index;
  }

  Prompt prompt() {
    return prompt;
  }

  /** Tokens written so far. */
  int count() {
    return choices.size();
  }

  /** Tokens that stand in the cache: all but the last one, which the next step reads. */
  int cached() {
    return prompt.tokens().length() - 1 + count();
  }

  /** How many tokens that are to be cached this prompt and another begin with in common. */
  int common(Answer other) {
    TokenSequence one = prompt.tokens();
    TokenSequence two = other.prompt.tokens();
    int most = Math.min(one.length(), two.length()) - 1;
    int ids = Arrays.mismatch(one.ids(), 0, most, two.ids(), 0, most);
    int positions = Arrays.mismatch(one.positions(), 0, most, two.positions(), 0, most);
    return Math.min(ids < 0 ? most : ids, positions < 0 ? most : positions);
  }

  /** The token that the next step reads. */
  int lastToken() {
    return choices.isEmpty() ? prompt.tokens().ids()[cached()] : choices.get(count() - 1).token();
  }

  /** Its position in the pair. */
  int lastPosition() {
    return lastPosition;
  }

  boolean ended() {
    return reason != null;
  }

  /** Chooses the next token from its logits and returns it. */
  int write(float[] logits, TokenChooser chooser, StopRule stop) {
    chooser.requireFinite(logits, index, count());
    RowTokens row = new RowTokens(prompt.tokens().ids(), choices);
    Choice choice = chooser.choose(logits, allowed(), row, rng);
    choices.add(choice);
    likeliest.add(logits, chooser);
    mask.accept(choice.token());
    reason = reason(choice.token(), stop);
    if (reason == null) {
      follow(choice.token());
    }
    return choice.token();
  }

  /** What was chosen last; there is a token. */
  ChosenToken last() {
    Choice choice = choices.get(count() - 1);
    return new ChosenToken(
        choice.token(), choice.logProb(), choice.modelLogProb(), likeliest.last());
  }

  /** Why it ended; null while it goes on. */
  @Nullable StopReason reason() {
    return reason;
  }

  /** The ids that may come next; null for all. */
  private @Nullable BitSet allowed() {
    if (mask == TokenMask.ANY) {
      return null;
    }
    BitSet candidates = new BitSet(model.vocabSize());
    candidates.set(0, model.vocabSize());
    mask.restrict(candidates);
    Checks.require(
        !candidates.isEmpty() && candidates.length() <= model.vocabSize(),
        "the mask of prompt %d allows %s as token %d; it must leave at least one of the ids 0 to %d",
        index,
        candidates.isEmpty() ? "nothing" : "id " + (candidates.length() - 1),
        count(),
        model.vocabSize() - 1);
    return candidates;
  }

  private @Nullable StopReason reason(int token, StopRule stop) {
    if (stop.tokens().contains(token)) {
      return StopReason.TOKEN;
    }
    if (stop.custom() != StopRule.NEVER && stop.custom().ends(tokens())) {
      return StopReason.CONDITION;
    }
    return count() == stop.maxNewTokens() ? StopReason.LENGTH : null;
  }

  private void follow(int token) {
    lastPosition = continuation.next(token);
    if (!model.hasToken(token, lastPosition)) {
      String what = "token %s of the answer to prompt %s".formatted(count() - 1, index);
      model.requireToken(what, token, lastPosition);
    }
  }

  private int[] tokens() {
    return choices.stream().mapToInt(Choice::token).toArray();
  }

  /** The ended answer. */
  Generation result() {
    return new Generation(
        tokens(),
        choices.stream().mapToDouble(Choice::logProb).toArray(),
        choices.stream().mapToDouble(Choice::modelLogProb).toArray(),
        Checks.present(reason, "prompt %d is not answered yet", index),
        likeliest.all());
  }
}
