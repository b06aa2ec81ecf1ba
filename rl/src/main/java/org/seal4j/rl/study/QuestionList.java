package org.seal4j.rl.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.model.generate.Prompt;
import org.seal4j.model.generate.StopRule;

/**
 * A self-edit that is a list of questions, a line each. Every question is written behind a prompt
 * of its own, which has its first words: a small model that goes on with a whole list soon asks
 * about other things, and once it has asked badly, goes on so (docs/results.md).
 *
 * @param form tokens and prompts
 * @param count questions that are written
 */
record QuestionList(StudyForm form, int count, FilterLevel level) {
  /** Longest question. */
  private static final int TOKENS = 32;

  /** A prompt for each question. */
  List<Prompt> prompts(Passage passage, Seeds seeds) {
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TokenSequence tokens = form.writing(passage, QuestionKind.openingOf(i));
      prompts.add(Prompt.of(tokens, seeds.child("question", i)));
    }
    return prompts;
  }

  /** Where a question ends. */
  StopRule stop() {
    return form.question(TOKENS);
  }

  /** The list, of what was written behind each prompt; a line may hold no question. */
  String text(List<int[]> parts) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String written = QuestionKind.openingOf(i) + form.tokenizer().decode(parts.get(i));
      lines.add(first(written));
    }
    return String.join("\n", lines);
  }

  /** The first line of a text up to its first question mark. */
  static String first(String written) {
    String line = written.lines().findFirst().orElse("").strip();
    int mark = line.indexOf('?');
    return mark < 0 ? line : line.substring(0, mark + 1);
  }

  /** The questions of a list in their order, each once; empty where there is none. Never throws. */
  static List<String> read(String text) {
    return text.lines()
        .map(QuestionList::first)
        .filter(line -> line.endsWith("?") && line.length() > 1)
        .distinct()
        .toList();
  }

  /**
   * What a policy learns from that is to write this list: each question behind its prompt, those
   * left out that the filter refuses before they are answered.
   */
  List<TokenSequence> examples(Passage passage, String text) {
    QuestionFilter filter = new QuestionFilter(passage, level);
    return rows(passage, text, question -> filter.question(question).isEmpty());
  }

  /** The same of all lines that were written behind their prompts, of use or not. */
  List<TokenSequence> written(Passage passage, String text) {
    return rows(passage, text, question -> true);
  }

  private List<TokenSequence> rows(Passage passage, String text, Predicate<String> taken) {
    List<TokenSequence> rows = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < Math.min(count, lines.size()); i++) {
      String opening = QuestionKind.openingOf(i);
      String question = first(lines.get(i));
      if (question.startsWith(opening) && taken.test(question)) {
        int[] rest =
            form.tokenizer().ignoringSpecials().encode(question.substring(opening.length()));
        rows.add(StudyRows.row(form.writing(passage, opening), rest, null));
      }
    }
    return rows;
  }
}
