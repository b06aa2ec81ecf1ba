package org.seal4j.rl.study;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.batch.SoftTargets;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.squad.Passage;

/**
 * What an adapter is trained on.
 *
 * @param form tokens and prompts
 */
public record StudyRows(StudyForm form) {

  /** The passage as it is, with its title. */
  public TokenSequence passage(Passage passage) {
    return form.text(passage.title() + "\n" + passage.context());
  }

  /** A text about the passage. */
  public TokenSequence text(String text) {
    return form.text(text);
  }

  /** A question without the passage, and an answer of the model that read it, for certain. */
  public TokenSequence answered(String question, Answered answer) {
    return row(question, answer, null);
  }

  /** The same with what that model held for likely at each place of its answer. */
  public TokenSequence distilled(String question, Answered answer) {
    return row(question, answer, answer.teacher());
  }

  private TokenSequence row(String question, Answered answered, @Nullable SoftTargets teacher) {
    return row(form.closedBook(question), answered.tokens(), teacher);
  }

  /** A prompt and what stands behind it, with a loss there alone. */
  static TokenSequence row(TokenSequence prompt, int[] answer, @Nullable SoftTargets teacher) {
    int before = prompt.length();
    int[] ids = Arrays.copyOf(prompt.ids(), before + answer.length);
    System.arraycopy(answer, 0, ids, before, answer.length);
    float[] weights = new float[ids.length];
    Arrays.fill(weights, before, ids.length, 1f);
    SoftTargets targets = teacher == null ? null : teacher.behind(before);
    return new TokenSequence(ids, new int[ids.length], weights, targets);
  }
}
