package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.SharedData;
import org.seal4j.model.plan.Workers;

class PerplexityTest {

  @Test
  void every_token_but_the_first_is_scored_once_whatever_the_windows() {
    for (int length : new int[] {1, 2, 5, 16, 17, 33, 100}) {
      int[] ids = IntStream.range(0, length).toArray();
      for (int context : new int[] {2, 3, 8, 16}) {
        for (int stride = 1; stride <= context; stride++) {
          int[] scored = new int[length];
          for (TokenSequence window : Perplexity.windows(ids, context, stride)) {
            assertThat(window.length()).isLessThanOrEqualTo(context);
            assertThat(window.weights()[0]).isZero();
            for (int i = 0; i < window.length(); i++) {
              scored[window.ids()[i]] += (int) window.weights()[i];
            }
          }
          for (int i = 0; i < length; i++) {
            assertThat(scored[i])
                .as("token %d of %d, context %d, stride %d", i, length, context, stride)
                .isEqualTo(i == 0 ? 0 : 1);
          }
        }
      }
    }
  }

  @Test
  void windows_show_a_scored_token_as_much_as_they_can() {
    List<TokenSequence> windows = Perplexity.windows(IntStream.range(0, 20).toArray(), 8, 3);
    assertThat(windows.get(1).ids()).containsExactly(3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(windows.get(1).weights()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  @Tag("slow")
  void figures_fit_together_and_more_context_helps_a_trained_model() {
    Path folder = SharedData.orSkip("weights/tinystories-656k");
    String text =
        "Once upon a time, there was a little girl named Lily. She loved to play outside in the"
            + " park. One day, she saw a big, red ball. She wanted to play with it, but it was too"
            + " high.";
    try (TextModel model = TextModel.open(folder, null, null);
        Workers one = new Workers(1);
        Workers two = new Workers(2)) {
      Perplexity side = Perplexity.of(model, text, 8, 8, one);
      Perplexity whole = Perplexity.of(model, text, 512, 512, one);
      assertThat(whole.bytes()).isEqualTo(text.length());
      assertThat(whole.perplexity()).isCloseTo(Math.exp(whole.meanNll()), within(1e-9));
      assertThat(whole.bitsPerByte())
          .isCloseTo(whole.meanNll() * whole.tokens() / Math.log(2) / text.length(), within(1e-9));
      assertThat(whole.meanNll()).isLessThan(side.meanNll()).isLessThan(3.5);
      assertThat(Perplexity.of(model, text, 8, 8, two)).isEqualTo(side);
      assertThatThrownBy(() -> Perplexity.of(model, text, 513, 8, one))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--context must be between 2 and the model's 512 tokens");
      assertThatThrownBy(() -> Perplexity.of(model, text, 8, 9, one))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("--stride");
    }
  }
}
