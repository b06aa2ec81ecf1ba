package org.seal4j.model.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Worker;
import org.seal4j.model.testing.TinyModels;

/** What is kept from call to call, and reading in pieces, change no bit of an answer. */
class AlikePromptsTest {
  private static final Seeds SEEDS = TinyModels.seeds("alike prompts");
  private static final ModelConfig CONFIG = ModelConfig.small(97, 48, 3, 4, 96);
  private static final GenerationConfig HOW =
      new GenerationConfig(Sampling.at(1), StopRule.after(9), 3);

  private static Worker worker;
  private static Weights weights;

  @BeforeAll
  static void open() {
    worker = new Worker();
    weights = TinyModels.weights(CONFIG, SEEDS);
  }

  @AfterAll
  static void close() {
    weights.close();
    worker.close();
  }

  /** Prompts with this beginning, of lengths of their own. */
  private static List<Prompt> prompts(Seeds beginning, int common, int count, int longest) {
    TokenSequence prefix = TinyModels.sequence(CONFIG, common, beginning.rng());
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = 1 + SEEDS.child("length", common).child("row", i).rng().nextInt(longest);
      TokenSequence rest = TinyModels.sequence(CONFIG, length, SEEDS.child("rest", i).rng());
      int[] ids = Arrays.copyOf(prefix.ids(), common + length);
      System.arraycopy(rest.ids(), 0, ids, common, length);
      TokenSequence all = new TokenSequence(ids, new int[ids.length], new float[ids.length]);
      prompts.add(Prompt.of(all, SEEDS.child("sample", i)));
    }
    return prompts;
  }

  private static void requireSame(List<Prompt> prompts, List<Generation> made) {
    GeneratorOptions whole = new GeneratorOptions(1, 64);
    try (Generator alone = new Generator(weights, worker, whole)) {
      for (int i = 0; i < prompts.size(); i++) {
        Generation expected = alone.generate(List.of(prompts.get(i)), HOW).get(0);
        Generation actual = made.get(i);
        assertThat(TinyModels.same(expected, actual)).as("prompt %d, %s", i, SEEDS).isTrue();
        assertThat(actual.likeliest().probabilities())
            .isEqualTo(expected.likeliest().probabilities());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 12, 47, 48, 59, 63, 64, 65, 130})
  @Tag("slow")
  void reading_in_pieces_gives_the_bits_of_whole_chunks(int common) {
    List<Prompt> prompts = prompts(SEEDS.child("one"), common, 9, 70);
    try (Generator alike = new Generator(weights, worker, GeneratorOptions.alike(6))) {
      requireSame(prompts, alike.generate(prompts, HOW));
    }
  }

  @Test
  @Tag("slow")
  void what_was_kept_of_the_last_call_changes_no_bit_of_the_next() {
    Seeds other = SEEDS.child("other");
    List<List<Prompt>> calls =
        List.of(
            prompts(SEEDS.child("one"), 100, 7, 30),
            prompts(SEEDS.child("one"), 100, 3, 9),
            prompts(SEEDS.child("one"), 100, 2, 700), // rows of more tokens
            prompts(SEEDS.child("one"), 70, 5, 60),
            prompts(other, 100, 4, 200),
            prompts(other, 90, 1, 5),
            prompts(other, 200, 12, 30));
    try (Generator alike = new Generator(weights, worker, GeneratorOptions.alike(12))) {
      for (List<Prompt> call : calls) {
        requireSame(call, alike.generate(call, HOW));
      }
    }
  }

  @Test
  void the_pieces_of_a_chunk_lie_side_by_side() {
    for (Pieces pieces : List.of(new Pieces(64, 12), new Pieces(32, 32), new Pieces(24, 12))) {
      int cut = 0;
      for (int place = 0; place < 3 * pieces.chunk(); place++) {
        if (place == cut + pieces.from(cut)) {
          cut = place;
        }
        assertThat(pieces.cut(place)).as("place %d of %s", place, pieces).isEqualTo(cut);
      }
      assertThat(cut % pieces.chunk()).isEqualTo(pieces.cut(pieces.chunk() - 1));
    }
  }

  @Test
  void a_prefix_is_kept_up_to_where_the_next_prompt_differs() {
    TokenSequence one = new TokenSequence(new int[] {1, 2, 3, 4}, new int[4], new float[4]);
    TokenSequence two = new TokenSequence(new int[] {1, 2, 9, 4}, new int[4], new float[4]);
    KeptPrefix kept = new KeptPrefix(one, 3, 64);
    assertThat(kept.shared(one)).isEqualTo(3);
    assertThat(kept.shared(two)).isEqualTo(2);
    assertThat(KeptPrefix.NONE.shared(one)).isZero();
  }
}
