package org.seal4j.data.world;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.seal4j.data.seed.Rng;

/** The ways in which self-edits are written in pretraining, each equally likely. */
public enum EditStyle {
  /** Statements with full names. */
  ATOMIC,
  /** Questions with their answers. */
  QUESTIONS,
  /** Statements that do not say of whom. */
  PRONOUNS,
  /** The passage in other words, a line per person. */
  REWRITE,
  /** True statements that tell nothing. */
  VAGUE;

  private static final int FEWEST_LINES = 2;

  private String line(Fact fact) {
    return switch (this) {
      case ATOMIC -> fact.statement();
      case QUESTIONS -> fact.questionAndAnswer();
      case PRONOUNS -> fact.attribute().statement(0, fact.person().pronoun(), fact.value());
      case VAGUE -> fact.attribute().vague(fact.person().name());
      case REWRITE -> throw new UnsupportedOperationException("a rewrite has a line per person");
    };
  }

  /** A self-edit about some of the facts, in the order of the passage. */
  public String write(Story story, Rng rng) {
    if (this == REWRITE) {
      List<String> lines = story.retold(rng);
      return String.join("\n", lines.subList(0, rng.between(1, lines.size())));
    }
    int lines = rng.between(FEWEST_LINES, story.facts().size());
    return Arrays.stream(rng.permutation(story.facts().size()))
        .limit(lines)
        .sorted()
        .mapToObj(told -> line(story.facts().get(told)))
        .collect(Collectors.joining("\n"));
  }

  /** A self-edit about all facts: what a teacher who knows the style would write. */
  public String writeAll(Story story, Rng rng) {
    return this == REWRITE
        ? String.join("\n", story.retold(rng))
        : String.join("\n", story.facts().stream().map(this::line).toList());
  }
}
