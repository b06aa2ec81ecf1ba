package org.seal4j.data.squad;

import java.util.List;

/**
 * A passage of a stored result: completions with the accuracy that training on them gave.
 *
 * @param title of its article
 * @param context its text
 * @param completions in the order of the file
 */
public record ScoredPassage(String title, String context, List<Completion> completions) {
  public ScoredPassage {
    completions = List.copyOf(completions);
  }

  /**
   * A completion and its reward.
   *
   * @param text what the model wrote
   * @param baseline mean accuracy without an inner loop
   * @param reward mean accuracy after it, over the runs
   * @param answers judged one by one, baseline and adapted; empty where the file leaves them out
   */
  public record Completion(
      String text, double baseline, double reward, List<JudgedAnswer> answers) {
    public Completion {
      answers = List.copyOf(answers);
    }
  }
}
