package org.seal4j.rl.teacher;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.seal4j.eval.squad.AnswerGrader;

/**
 * Another model as the judge of answers (docs/seal.md §2.5). It sees question, accepted answers and
 * answer, and says yes or no. Blank answers are wrong without a call, and a triple that was judged
 * before keeps its verdict.
 *
 * <p>Differs from SEAL: an outage of the judge is an error, there it counts as a wrong answer.
 */
public final class LlmJudge implements AnswerGrader {
  private static final Pattern YES = Pattern.compile("\\byes\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO = Pattern.compile("\\bno\\b", Pattern.CASE_INSENSITIVE);
  private static final Sampling BRIEF = Sampling.greedy(16);

  private final ChatClient client;
  private final Map<String, Double> verdicts = new ConcurrentHashMap<>();

  /** Judges by this model. */
  public LlmJudge(ChatClient client) {
    this.client = client;
  }

  @Override
  public String label() {
    return "llm-judge";
  }

  @Override
  public double grade(String question, List<String> golds, String answer) {
    if (golds.isEmpty() || answer.isBlank()) {
      return golds.isEmpty() && answer.isBlank() ? 1 : 0;
    }
    String prompt = prompt(question, golds, answer);
    Double known = verdicts.get(prompt);
    if (known == null) { // not computeIfAbsent: other threads must not wait for this call
      known = verdict(client.ask(prompt, BRIEF));
      verdicts.put(prompt, known);
    }
    return known;
  }

  /** Right if the word yes occurs and the word no does not. */
  static double verdict(String reply) {
    return YES.matcher(reply).find() && !NO.matcher(reply).find() ? 1 : 0;
  }

  private static String prompt(String question, List<String> golds, String answer) {
    return """
        Decide whether an answer to a question is correct. Rely on the accepted answer alone, not on
        what you know. The answer is correct if it expresses the whole accepted answer and does not
        contradict it; more information and any style are fine.

        Question: %s
        Accepted answer: %s
        Answer: %s

        Reply with one word, yes or no.
        """
        .formatted(question, String.join(" | or: ", golds), answer);
  }
}
