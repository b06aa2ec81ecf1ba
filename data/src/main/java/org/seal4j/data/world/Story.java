package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;

/**
 * A passage with the facts behind it.
 *
 * @param passage text and questions; of each fact one question, in a wording of evaluations
 * @param facts in the order of the text
 */
public record Story(Passage passage, List<Fact> facts) {
  static final String TITLE = "Persons";

  public Story {
    facts = List.copyOf(facts);
  }

  /** A passage on these facts, whose persons stand together. */
  static Story tell(String id, List<Fact> facts, Rng rng) {
    List<String> sentences = new ArrayList<>();
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      boolean known = i > 0 && facts.get(i - 1).person().equals(fact.person());
      sentences.add(sentence(fact, known, rng));
      questions.add(InventedWorld.question(id + "/" + i, fact, rng));
    }
    return new Story(new Passage(id, TITLE, String.join(" ", sentences), questions), facts);
  }

  /** The same facts in other words, a line per person. */
  List<String> retold(Rng rng) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < facts.size(); i++) {
      Fact fact = facts.get(i);
      boolean known = i > 0 && facts.get(i - 1).person().equals(fact.person());
      String sentence = sentence(fact, known, rng);
      if (known) {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + " " + sentence);
      } else {
        lines.add(sentence);
      }
    }
    return lines;
  }

  private static String sentence(Fact fact, boolean known, Rng rng) {
    String subject = known ? fact.person().pronoun() : fact.person().name();
    int wording = rng.nextInt(fact.attribute().wordings());
    return fact.attribute().statement(wording, subject, fact.value());
  }
}
