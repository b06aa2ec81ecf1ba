package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;

/** The ways in which self-edits are written in pretraining, each equally likely. */
public enum EditStyle {
  /** Statements with full names. */
  ATOMIC {
    @Override
    String line(Fact fact) {
      return fact.statement();
    }
  },
  /** Questions with their answers. */
  QUESTIONS {
    @Override
    String line(Fact fact) {
      return fact.questionAndAnswer();
    }
  },
  /** Statements that do not say of whom. */
  PRONOUNS {
    @Override
    String line(Fact fact) {
      return fact.attribute().statement(0, fact.person().pronoun(), fact.value());
    }
  },
  /** The passage in other words, a line per person. */
  REWRITE {
    @Override
    String line(Fact fact) {
      throw new UnsupportedOperationException("a rewrite has a line per person");
    }
  },
  /** True statements that tell nothing. */
  VAGUE {
    @Override
    String line(Fact fact) {
      return fact.attribute().vague(fact.person().name());
    }
  };

  private static final int FEWEST_LINES = 2;

  abstract String line(Fact fact);

  /** A self-edit about some of the facts, in the order of the passage. */
  public String write(Story story, Rng rng) {
    if (this == REWRITE) {
      List<String> lines = story.retold(rng);
      return String.join("\n", lines.subList(0, rng.between(1, lines.size())));
    }
    int lines = rng.between(FEWEST_LINES, story.facts().size());
    int[] order = rng.permutation(story.facts().size());
    boolean[] told = new boolean[order.length];
    for (int i = 0; i < lines; i++) {
      told[order[i]] = true;
    }
    List<String> text = new ArrayList<>();
    for (int i = 0; i < told.length; i++) {
      if (told[i]) {
        text.add(line(story.facts().get(i)));
      }
    }
    return String.join("\n", text);
  }

  /** A self-edit about all facts: what a teacher who knows the style would write. */
  public String writeAll(Story story, Rng rng) {
    return this == REWRITE
        ? String.join("\n", story.retold(rng))
        : String.join("\n", story.facts().stream().map(this::line).toList());
  }
}
