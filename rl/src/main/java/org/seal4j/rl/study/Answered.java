package org.seal4j.rl.study;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.model.generate.Generation;
import org.seal4j.model.generate.StopReason;

/**
 * What a model that reads a passage answered, as a model without it is to answer.
 *
 * @param text without the end
 * @param tokens ids, behind them the end of an answer where the model ended it
 * @param ended whether the model ended it by itself
 * @param teacher its likeliest tokens at each place; null where they were not asked for
 */
@SuppressWarnings("ArrayRecordComponent") // data for training; identity is never compared
public record Answered(String text, int[] tokens, boolean ended, @Nullable SoftTargets teacher) {
  /**
   * Of what was written in plain text: a line's end becomes the end of an answer, among the likely
   * tokens as well.
   */
  static Answered of(StudyForm form, Generation made) {
    int[] tokens = made.tokens().clone();
    boolean ended = form.isEnd(tokens[tokens.length - 1]);
    if (ended) {
      tokens[tokens.length - 1] = form.answerEnd();
    }
    SoftTargets likeliest = made.likeliest();
    String text = form.words(made.tokens());
    return new Answered(
        text.lines().findFirst().orElse("").strip(),
        tokens,
        ended,
        likeliest == null ? null : ending(form, likeliest));
  }

  /** Of what was written in conversation, which ends with the turn. */
  static Answered inConversation(StudyForm form, Generation made) {
    return new Answered(
        form.words(made.tokens()),
        made.tokens(),
        made.reason() == StopReason.TOKEN,
        made.likeliest());
  }

  private static SoftTargets ending(StudyForm form, SoftTargets likeliest) {
    int[] ids = likeliest.ids().clone();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = form.isEnd(ids[i]) ? form.answerEnd() : ids[i];
    }
    return new SoftTargets(likeliest.width(), ids, likeliest.probabilities());
  }
}
