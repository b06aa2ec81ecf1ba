package org.seal4j.scripts.passage;

import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.eval.squad.AnswerGrader;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.rl.teacher.ChatClient;
import org.seal4j.rl.teacher.EndpointConfig;
import org.seal4j.rl.teacher.LlmJudge;

/**
 * How questions are answered without the passage, and how answers are graded.
 *
 * @param maxTokens longest answer in tokens (SEAL: 64)
 * @param grader judges the answers: {@code exact_match}, {@code f1}, {@code containment} or {@code
 *     token_recall}
 * @param judge another model that judges them instead; null for none
 */
public record AnswerKeys(int maxTokens, OfflineGrader grader, @Nullable EndpointConfig judge) {
  public AnswerKeys {
    Checks.require(maxTokens >= 1, "answer.maxTokens must be >= 1 but was %d", maxTokens);
  }

  /** Judges the part of an answer that counts. */
  public AnswerGrader grader(PromptsKeys prompts) {
    return prompts.graded(judge == null ? grader : new LlmJudge(ChatClient.open(judge)));
  }
}
