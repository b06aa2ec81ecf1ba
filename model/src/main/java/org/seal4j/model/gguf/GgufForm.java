package org.seal4j.model.gguf;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.gguf.GgufKeys;
import org.seal4j.data.gguf.GgufWriter;
import org.seal4j.model.AttentionForm;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;

/**
 * The form of a model, beside its sizes, as GGUF files say it, with what llama.cpp takes for
 * granted of an architecture: every fourth layer of SmolLM3 is not rotated; every second layer of
 * Gemma 2 and five of six of Gemma 3 have the window; scores of Gemma are divided by the root of a
 * head's size, those of its largest models by the root of width / heads.
 *
 * @param family the architecture
 * @param layers how many
 * @param headSize size of a head
 * @param share width / heads
 */
record GgufForm(GgufFamily family, int layers, int headSize, int share) {
  private static final String WINDOW = "attention.sliding_window";
  private static final String PERIOD = "attention.sliding_window_pattern";
  private static final String SCORE_CAP = "attn_logit_softcapping";
  private static final String LOGIT_CAP = "final_logit_softcapping";
  private static final String WINDOW_THETA = "rope.freq_base_swa";

  private static final int UNROTATED = 4;
  private static final int GEMMA2_PERIOD = 2;
  private static final int GEMMA3_PERIOD = 6;
  private static final int GEMMA2_WINDOW = 4096;
  private static final double GEMMA2_SCORE_CAP = 50;
  private static final double GEMMA2_LOGIT_CAP = 30;
  private static final double GEMMA3_WINDOW_THETA = 10_000;

  /** Layers of the Gemma 2 and of the Gemma 3 of 27 billion parameters. */
  private static final int LARGEST_GEMMA2 = 46;

  private static final int LARGEST_GEMMA3 = 62;

  /** That of a model. */
  static GgufForm of(GgufFamily family, ModelConfig c) {
    return new GgufForm(family, c.layers(), c.headSize(), c.dim() / c.heads());
  }

  /** Keys that no other family has. */
  static Set<String> ownKeys(GgufFamily family) {
    return switch (family) {
      case GEMMA2 -> Set.of(WINDOW, SCORE_CAP, LOGIT_CAP);
      case GEMMA3 -> Set.of(WINDOW, PERIOD, LOGIT_CAP, WINDOW_THETA);
      default -> Set.of();
    };
  }

  private List<Integer> everyFew() {
    return IntStream.range(0, layers).filter(l -> (l + 1) % UNROTATED == 0).boxed().toList();
  }

  /** The layers that are not the last of every so many. */
  private List<Integer> allButLast(int period) {
    return IntStream.range(0, layers).filter(l -> (l + 1) % period != 0).boxed().toList();
  }

  /** What scores are divided by the root of. */
  private double scalar() {
    int largest = family == GgufFamily.GEMMA2 ? LARGEST_GEMMA2 : LARGEST_GEMMA3;
    return layers == largest ? share : headSize;
  }

  /** What the keys of a file say. */
  DecoderForm read(GgufConfig config) {
    return switch (family) {
      case LLAMA, QWEN2 -> DecoderForm.llama();
      case QWEN3 -> DecoderForm.qwen3();
      case SMOLLM3 -> DecoderForm.smollm3(everyFew());
      case GEMMA2 -> gemma2(config);
      case GEMMA3 -> gemma3(config);
    };
  }

  private DecoderForm gemma2(GgufConfig config) {
    int window = config.header().keys().count(config.key(WINDOW), GEMMA2_WINDOW);
    double cap = above0(config, SCORE_CAP, GEMMA2_SCORE_CAP);
    return DecoderForm.gemma2(
        new AttentionForm(scalar(), cap, window, allButLast(GEMMA2_PERIOD), 0),
        above0(config, LOGIT_CAP, GEMMA2_LOGIT_CAP));
  }

  private DecoderForm gemma3(GgufConfig config) {
    GgufKeys keys = config.header().keys();
    double cap = keys.isUnset(config.key(LOGIT_CAP)) ? 0 : above0(config, LOGIT_CAP, 0);
    AttentionForm attention = new AttentionForm(scalar(), 0, 0, List.of(), 0);
    List<Integer> windowed = allButLast(keys.count(config.key(PERIOD), GEMMA3_PERIOD));
    if (!keys.isUnset(config.key(WINDOW)) && !windowed.isEmpty()) {
      int window = keys.count(config.key(WINDOW));
      double theta = above0(config, WINDOW_THETA, GEMMA3_WINDOW_THETA);
      Checks.require(
          theta > 1,
          "%s: %s must be > 1 but is %s",
          config.header().file(),
          config.key(WINDOW_THETA),
          theta);
      attention = new AttentionForm(scalar(), 0, window, windowed, theta);
    }
    return DecoderForm.gemma3(attention, cap);
  }

  private static double above0(GgufConfig config, String name, double otherwise) {
    double number = config.header().keys().number(config.key(name), otherwise);
    Checks.require(
        number > 0,
        "%s: %s must be > 0 but is %s",
        config.header().file(),
        config.key(name),
        number);
    return number;
  }

  /** Whether a file of this family can say such a form. */
  boolean says(DecoderForm form) {
    AttentionForm a = form.attention();
    return switch (family) {
      case LLAMA, QWEN2 -> form.equals(DecoderForm.llama());
      case QWEN3 -> form.equals(DecoderForm.qwen3());
      case SMOLLM3 -> form.equals(DecoderForm.smollm3(everyFew()));
      case GEMMA2 ->
          a.cap() > 0 && form.logitCap() > 0 && form.equals(asGemma2(a, form.logitCap()));
      case GEMMA3 ->
          (a.windowed().isEmpty() || a.windowed().equals(allButLast(period(a))))
              && form.equals(asGemma3(a, form.logitCap()));
    };
  }

  private DecoderForm asGemma2(AttentionForm a, double logitCap) {
    List<Integer> windowed = allButLast(GEMMA2_PERIOD);
    return DecoderForm.gemma2(
        new AttentionForm(scalar(), a.cap(), Math.max(1, a.window()), windowed, 0), logitCap);
  }

  private DecoderForm asGemma3(AttentionForm a, double logitCap) {
    AttentionForm said =
        a.windowed().isEmpty()
            ? new AttentionForm(scalar(), 0, 0, List.of(), 0)
            : new AttentionForm(
                scalar(), 0, a.window(), a.windowed(), Math.max(2, a.windowTheta()));
    return DecoderForm.gemma3(said, logitCap);
  }

  /** The first layer without the window is the last of every so many. */
  private int period(AttentionForm a) {
    int full = 0;
    while (full < layers && a.isWindowed(full)) {
      full++;
    }
    return full < layers ? full + 1 : Math.max(GEMMA3_PERIOD, layers + 1);
  }

  /** Adds the keys of a form that this says. */
  void write(DecoderForm form, GgufWriter file) {
    AttentionForm a = form.attention();
    String at = family.word() + ".";
    if (family == GgufFamily.GEMMA2) {
      file.number(at + WINDOW, a.window());
      file.number(at + SCORE_CAP, (float) a.cap());
    }
    if (family == GgufFamily.GEMMA3 && a.window() > 0) {
      file.number(at + WINDOW, a.window());
      file.number(at + WINDOW_THETA, (float) a.windowTheta());
      if (period(a) != GEMMA3_PERIOD) {
        file.number(at + PERIOD, period(a));
      }
    }
    if (form.logitCap() > 0) {
      file.number(at + LOGIT_CAP, (float) form.logitCap());
    }
  }
}
