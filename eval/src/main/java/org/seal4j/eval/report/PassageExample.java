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

    private void write(Html html) {
      long right = answers.stream().filter(Answer::right).count();
      html.open("div", "class", "written");
      html.leaf("h4", "%s: %d of %d".formatted(condition, right, answers.size()));
      if (!selfEdit.isEmpty()) {
        html.leaf("pre", selfEdit);
      }
      html.open("details").leaf("summary", "answers").open("table", "class", "answers");
      answers.forEach(answer -> answer.write(html));
      html.close().close().closeLine();
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
  public record Answer(String question, String gold, String given, boolean right) {
    private void write(Html html) {
      html.open("tr", "class", right ? "right" : "wrong");
      html.leaf("td", right ? "✓" : "✗", "class", "mark").leaf("td", question).leaf("td", given);
      html.leaf("td", right ? "" : "expected " + gold, "class", "quiet").closeLine();
    }
  }

  void write(Html html) {
    html.open("article", "class", "card passage").leaf("h3", name);
    html.leaf("p", context, "class", "context").open("div", "class", "row");
    produced.forEach(one -> one.write(html));
    html.close().closeLine();
  }
}
