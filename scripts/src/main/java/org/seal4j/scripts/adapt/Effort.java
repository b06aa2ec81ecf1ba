package org.seal4j.scripts.adapt;

import java.util.List;
import org.seal4j.data.document.DocumentPassage;

/**
 * What a run has to do, counted from sizes alone before it begins. The unit is a token of a forward
 * pass of the model; the factors were measured on SmolLM2-135M (docs/performance.md) and are an
 * estimate for other models.
 *
 * @param writing questions and texts about the passages
 * @param training anchors and steps
 * @param examining questions before and after, the general text, reading and writing files
 */
record Effort(double writing, double training, double examining) {
  /** A question that is written, and of some of them the answers. */
  private static final double QUESTION = 200;

  /** A passage before its first question: it is read by each thread. */
  private static final double PASSAGE = 1000;

  /** A written token, beside others of other rows. */
  private static final double WRITTEN = 3;

  /** A trained token: its head, and its share of the layers that are trained. */
  private static final double TRAINED = 0.4;

  private static final double TRAINED_LAYERS = 3.6;

  /** What {@code inner.memory.recompute} makes of it: 1.2 to 1.5 times (docs/performance.md). */
  static final double COMPUTED_AGAIN = 1.4;

  /** A question with its answer, a general text of an anchor, and a word of a passage. */
  private static final double ROW_TOKENS = 48;

  private static final double TOKENS_PER_WORD = 1.5;

  /** A question that is asked before and after. */
  private static final double ASKED = 140;

  /** Reading the model and the general text, the JVM's compiler, the first plans, files. */
  private static final double FIXED = 9000;

  /** The general questions of every examination. */
  private static final int GENERAL = 40;

  /**
   * How much is to be done.
   *
   * @param readings of each passage
   * @param questions of each passage that are trained on
   * @param heldOut further questions of each
   * @param draws questions that the model writes for each that is wanted
   * @param texts tokens of the texts about each passage
   * @param others rows of a batch beside each passage
   * @param anchors rows of a batch for each passage in it
   * @param layers share of the layers that have an adapter, more where they are computed again
   */
  record Sizes(
      int readings,
      int questions,
      int heldOut,
      double draws,
      double texts,
      int others,
      double anchors,
      double layers) {
    /** Those of a recipe. */
    static Sizes of(AdaptKeys recipe, double layers) {
      AdaptKeys.Questions questions = recipe.questions();
      AdaptKeys.Study study = recipe.study();
      long kinds =
          study.methods().stream().filter(one -> one.writes() || one == StudyMethod.POLICY).count();
      return new Sizes(
          study.readings(),
          study.asks() ? questions.count() : 0,
          questions.heldOut(),
          questions.teacher() == null ? questions.draws() : 1,
          kinds * study.written() * study.textTokens(),
          study.asks() || kinds > 0 ? study.others() : 0,
          (double) study.anchors() / (recipe.bundle().apart() ? 1 : study.passages()),
          layers);
    }

    Sizes with(int otherReadings, int otherQuestions) {
      return new Sizes(
          otherReadings, otherQuestions, heldOut, draws, texts, others, anchors, layers);
    }

    /** Questions that are written about each passage. */
    int written() {
      return (int) Math.ceil((questions + heldOut) * draws);
    }
  }

  /** The effort of learning these passages. */
  static Effort of(List<DocumentPassage> passages, Sizes sizes) {
    return of(passages, sizes, 0);
  }

  /**
   * The same.
   *
   * @param own questions of the user that belong to no passage
   */
  static Effort of(List<DocumentPassage> passages, Sizes sizes, int own) {
    double writing = 0;
    double training = 0;
    for (DocumentPassage passage : passages) {
      writing += PASSAGE + sizes.written() * QUESTION + sizes.texts * WRITTEN;
      double batch =
          passage.words() * TOKENS_PER_WORD + (sizes.others + sizes.anchors) * ROW_TOKENS;
      training += sizes.readings * batch * (TRAINED + sizes.layers * TRAINED_LAYERS);
    }
    int asked = asked(passages, sizes.heldOut, own);
    return new Effort(writing, training, FIXED + asked * ASKED);
  }

  /** Questions that are asked before and after, at most. */
  static int asked(List<DocumentPassage> passages, int heldOut, int own) {
    long brought =
        passages.stream()
            .flatMap(passage -> passage.questions().stream())
            .filter(question -> !question.impossible())
            .count();
    return GENERAL + own + passages.size() * heldOut + (int) brought;
  }

  /** All of it. */
  double tokens() {
    return writing + training + examining;
  }
}
