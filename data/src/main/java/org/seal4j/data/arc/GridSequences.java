package org.seal4j.data.arc;

import java.util.List;
import java.util.Optional;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;

/**
 * The token sequences of grid tasks: training examples, prompts for a test grid, and prompts for a
 * self-edit. Only {@link #example} reads the output of the queried pair.
 *
 * <p>Every method refuses grids over the limits of the codec; ask {@link #misfit} first.
 *
 * @param codec of every sequence
 */
public record GridSequences(GridCodec codec) {

  /** {@code IN g OUT g} for each demonstration, {@code IN q OUT a END} for the query. */
  public TokenSequence example(List<GridPair> demonstrations, GridPair query, LossMask mask) {
    float other = mask == LossMask.ALL_TOKENS ? 1 : 0;
    float output = mask == LossMask.LAST_OUTPUT ? 0 : 1;
    Writer writer = new Writer(tokens(demonstrations) + GridCodec.tokens(query) + 1);
    demonstrations.forEach(pair -> writer.pair(pair, other, output));
    return writer.pair(query, other, 1).token(GridVocabulary.END, 1).build();
  }

  /** {@link #example(List, GridPair, LossMask)} of a task: its test pair is the query. */
  public TokenSequence example(ArcTask task, LossMask mask) {
    return example(task.demonstrations(), task.test(), mask);
  }

  /** The demonstrations, {@code IN q OUT}: an output grid follows. All weights 0. */
  public TokenSequence prompt(List<GridPair> demonstrations, Grid queryInput) {
    Writer writer = new Writer(tokens(demonstrations) + GridCodec.tokens(queryInput) + 1);
    demonstrations.forEach(pair -> writer.pair(pair, 0, 0));
    return writer.grid(GridVocabulary.IN, queryInput, 0, 0).token(GridVocabulary.OUT, 0).build();
  }

  /** The demonstrations and {@code EDIT}: a self-edit follows. All weights 0. */
  public TokenSequence policyPrompt(List<GridPair> demonstrations) {
    return policyExample(demonstrations, new int[0], new LossWeights(0, 0, 0, 0));
  }

  /**
   * The demonstrations, {@code EDIT} and a self-edit with the weights of its tokens.
   *
   * @param edit token ids of the self-edit, {@link GridVocabulary#edit(int)}
   */
  public TokenSequence policyExample(
      List<GridPair> demonstrations, int[] edit, LossWeights weights) {
    Writer writer = new Writer(tokens(demonstrations) + 1 + edit.length);
    for (int i = 0; i < demonstrations.size(); i++) {
      float output = i == 0 ? weights.firstOutput() : weights.output();
      writer.pair(demonstrations.get(i), weights.other(), output);
    }
    writer.token(GridVocabulary.EDIT, weights.other());
    for (int id : edit) {
      Checks.require(
          codec.vocabulary().isEdit(id),
          "a self-edit holds edit tokens only but has %s",
          codec.vocabulary().name(id));
      writer.token(id, weights.edit());
    }
    return writer.build();
  }

  /** The same sequence after a hint token that names the family; the hint has no loss. */
  public TokenSequence hinted(TokenSequence sequence, int hint) {
    int[] ids = new int[sequence.length() + 1];
    float[] weights = new float[ids.length];
    ids[0] = codec.vocabulary().hint(hint);
    System.arraycopy(sequence.ids(), 0, ids, 1, sequence.length());
    System.arraycopy(sequence.weights(), 0, weights, 1, sequence.length());
    return new TokenSequence(ids, codec.positionsOf(ids), weights);
  }

  /** Whether the task with all its demonstrations can be an example of at most this length. */
  public boolean fits(ArcTask task, int maxTokens) {
    return misfit(task, maxTokens).isEmpty();
  }

  /**
   * Why a task is left out, in words: a grid over the limits, or too many tokens.
   *
   * @return empty where the task with all its demonstrations fits
   */
  public Optional<String> misfit(ArcTask task, int maxTokens) {
    if (!codec.fits(task)) {
      return Optional.of("has a grid over the limit of " + codec.limit());
    }
    int tokens = tokens(task.demonstrations()) + GridCodec.tokens(task.test()) + 1;
    return tokens <= maxTokens
        ? Optional.empty()
        : Optional.of("takes " + tokens + " tokens but the limit is " + maxTokens);
  }

  /**
   * Whether the prompt can be written in at most this many tokens; leave room in the limit for the
   * answer. A {@link PromptVariant} of any transform can be asked, sizes over the limits included.
   */
  public boolean fitsPrompt(List<GridPair> demonstrations, Grid queryInput, int maxTokens) {
    return demonstrations.stream().allMatch(codec::fits)
        && codec.fits(queryInput)
        && tokens(demonstrations) + GridCodec.tokens(queryInput) + 1 <= maxTokens;
  }

  private static int tokens(List<GridPair> pairs) {
    return pairs.stream().mapToInt(GridCodec::tokens).sum();
  }

  /**
   * Writes one {@link TokenSequence} of known length. The token after an output grid closes it, so
   * it counts at least as much as the grid.
   */
  private final class Writer {
    private final int[] ids;
    private final float[] weights;
    private int length;
    private float closing;

    Writer(int length) {
      ids = new int[length];
      weights = new float[length];
    }

    Writer pair(GridPair pair, float other, float output) {
      grid(GridVocabulary.IN, pair.input(), other, other);
      grid(GridVocabulary.OUT, pair.output(), other, output);
      closing = output;
      return this;
    }

    Writer grid(int marker, Grid grid, float markerWeight, float cellWeight) {
      token(marker, markerWeight);
      for (int id : codec.encode(grid)) {
        token(id, cellWeight);
      }
      return this;
    }

    Writer token(int id, float weight) {
      ids[length] = id;
      weights[length] = length == 0 ? 0 : Math.max(weight, closing);
      closing = 0;
      length++;
      return this;
    }

    TokenSequence build() {
      Checks.require(length == ids.length, "wrote %d of %d tokens", length, ids.length);
      return new TokenSequence(ids, codec.positionsOf(ids), weights);
    }
  }
}
