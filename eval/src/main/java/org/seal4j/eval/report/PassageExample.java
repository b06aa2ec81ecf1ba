package org.seal4j.eval.report;

import java.util.List;

/**
 * A passage with what each condition wrote about it and answered without it.
 *
 * @param name of the passage
 * @param context its text
 * @param produced one entry per condition shown
 */
public record PassageExample(String name, String context, List<Produced> produced) {
  public PassageExample {
    produced = List.copyOf(produced);
  }

  /**
   * What one condition did.
   *
   * @param condition name of the condition
   * @param selfEdit the text that was trained on besides the passage; empty if there was none
   * @param answers one per question
   */
  public record Produced(String condition, String selfEdit, List<Answer> answers) {
    public Produced {
      answers = List.copyOf(answers);
    }
  }

  /**
   * A question as it was answered.
   *
   * @param question as asked
   * @param gold the expected answer
   * @param given the answer
   * @param right whether it counts as right
   */
  public record Answer(String question, String gold, String given, boolean right) {}
}
