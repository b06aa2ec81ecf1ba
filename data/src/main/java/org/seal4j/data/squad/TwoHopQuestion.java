package org.seal4j.data.squad;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question that needs two passages: the answer of a question about one of them, a name, stands in
 * a question about the other, and is replaced there by the first question (the bridge of MuSiQue,
 * Trivedi et al. 2022). Of "Who founded the order?" (Benedict) and "When did Benedict die?" comes
 * "When did the answer to 'Who founded the order?' die?".
 *
 * <p>Made by rules that a person can check, all of which must hold:
 *
 * <ul>
 *   <li>the name has up to five words, five letters or more, and begins each longer word with a
 *       capital letter; it does not begin with "the", and is not a title of an article
 *   <li>it is the first accepted answer to the first question, which does not contain it
 *   <li>it stands in the second question exactly once, as whole words
 *   <li>the answer to the second question does not contain it, and stands neither in the first
 *       passage nor in the first question: that passage alone does not say it
 *   <li>the passages differ
 * </ul>
 *
 * @param first passage that says who or what is meant
 * @param bridge the question about it, whose gold answer is the name
 * @param second passage that says what is asked
 * @param asked the question about it, which has the name
 */
public record TwoHopQuestion(Passage first, Question bridge, Passage second, Question asked) {
  private static final int FEWEST_LETTERS = 5;
  private static final int MOST_WORDS = 5;

  /** A question whose answer is a name. */
  private record Bridge(Passage passage, Question question) {}

  /** The question that is put, with the answers of the second. */
  public Question question() {
    String replaced = "the answer to '" + bridge.text().strip() + "'";
    String text =
        whole(bridge.gold()).matcher(asked.text()).replaceFirst(Matcher.quoteReplacement(replaced));
    return new Question(
        asked.id() + " after " + bridge.id(),
        text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1),
        asked.answers(),
        false);
  }

  /**
   * All such questions of some passages: by the second passage and its questions in their order,
   * then by the first.
   */
  public static List<TwoHopQuestion> of(List<Passage> passages) {
    Map<String, List<Bridge>> bridges = new LinkedHashMap<>();
    for (Passage passage : passages) {
      for (Question question : answerable(passage)) {
        String name = question.gold();
        if (isName(name) && count(question.text(), name) == 0 && !isTitle(passages, name)) {
          bridges.computeIfAbsent(name, n -> new ArrayList<>()).add(new Bridge(passage, question));
        }
      }
    }
    List<TwoHopQuestion> found = new ArrayList<>();
    for (Passage second : passages) {
      for (Question asked : answerable(second)) {
        bridges.forEach(
            (name, from) -> {
              if (count(asked.text(), name) == 1 && !contains(asked.gold(), name)) {
                from.stream()
                    .filter(bridge -> !bridge.passage.id().equals(second.id()))
                    .filter(bridge -> !contains(bridge.passage.context(), asked.gold()))
                    .filter(bridge -> !contains(bridge.question.text(), asked.gold()))
                    .forEach(
                        bridge ->
                            found.add(
                                new TwoHopQuestion(
                                    bridge.passage, bridge.question, second, asked)));
              }
            });
      }
    }
    return found;
  }

  private static List<Question> answerable(Passage passage) {
    return passage.questions().stream().filter(question -> !question.impossible()).toList();
  }

  private static boolean isName(String answer) {
    String[] words = answer.split(" ", -1);
    if (words.length > MOST_WORDS
        || answer.chars().filter(Character::isLetter).count() < FEWEST_LETTERS
        || !Character.isUpperCase(answer.codePointAt(0))
        || answer.toLowerCase(Locale.ROOT).startsWith("the ")) {
      return false;
    }
    for (String word : words) {
      if (word.isEmpty() || (word.length() > 3 && Character.isLowerCase(word.codePointAt(0)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTitle(List<Passage> passages, String name) {
    return passages.stream().anyMatch(passage -> contains(passage.title(), name));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static int count(String text, String name) {
    return text.contains(name) ? (int) whole(name).matcher(text).results().count() : 0;
  }

  private static Pattern whole(String name) {
    return Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])");
  }
}
