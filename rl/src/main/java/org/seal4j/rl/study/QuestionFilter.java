package org.seal4j.rl.study;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seal4j.data.squad.Passage;
import org.seal4j.eval.squad.TokenRecall;

/**
 * What makes a question useless that a model wrote about a passage. One filter for the questions of
 * one passage: it knows those that passed before.
 */
final class QuestionFilter {
  private static final int FEWEST_WORDS = 4;
  private static final int MOST_WORDS = 32;
  private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Words that stand for the text itself: without it nobody knows what is asked. */
  private static final Pattern POINTS_TO_TEXT =
      Pattern.compile(
          "\\b(the|this|above|following) (text|passage|context|paragraph|article|excerpt)\\b"
              + "|\\b(text|context) above\\b",
          Pattern.CASE_INSENSITIVE);

  private final TokenRecall recall = TokenRecall.calibrated();
  private final String passage;
  private final FilterLevel level;
  private final Set<String> seen = new HashSet<>();

  QuestionFilter(Passage passage, FilterLevel level) {
    this.passage = passage.title() + "\n" + passage.context();
    this.level = level;
  }

  /** Why a question is of no use before it is answered; empty where it may be. */
  Optional<Rejection> question(String text) {
    if (!text.endsWith("?")) {
      return Optional.of(Rejection.NO_QUESTION);
    }
    List<String> words = words(text);
    Optional<Rejection> useless =
        level == FilterLevel.USEFUL ? useless(text, words) : Optional.empty();
    return useless.isPresent() || seen.add(String.join(" ", words))
        ? useless
        : Optional.of(Rejection.REPEATED);
  }

  private Optional<Rejection> useless(String text, List<String> words) {
    if (words.size() < FEWEST_WORDS || words.size() > MOST_WORDS) {
      return Optional.of(Rejection.LENGTH);
    }
    if (POINTS_TO_TEXT.matcher(text).find()) {
      return Optional.of(Rejection.POINTS_TO_TEXT);
    }
    if (!isAbout(text)) {
      return Optional.of(Rejection.OTHER_SUBJECT);
    }
    return plain(passage).contains(String.join(" ", words))
        ? Optional.of(Rejection.COPY)
        : Optional.empty();
  }

  /** Why a question is of no use with the answer of the model that reads the passage. */
  Optional<Rejection> answer(StudyQuestion question) {
    String answer = question.answer().text();
    if (words(answer).isEmpty() || !question.answer().ended()) {
      return Optional.of(Rejection.NO_ANSWER);
    }
    if (level == FilterLevel.ANSWERED) {
      return Optional.empty();
    }
    // Found where the passage, taken for an answer, says it.
    if (recall.grade(question.text(), List.of(answer), passage) == 0) {
      return Optional.of(Rejection.NOT_IN_PASSAGE);
    }
    return recall.grade("", List.of(answer), question.text()) == 1
        ? Optional.of(Rejection.SAID_BY_QUESTION)
        : Optional.empty();
  }

  /** Whether the model says the same without the passage, so that there is nothing to learn. */
  Optional<Rejection> known(StudyQuestion question, String without) {
    return recall.grade(question.text(), List.of(question.answer().text()), without) == 1
        ? Optional.of(Rejection.KNOWN)
        : Optional.empty();
  }

  /** Whether the passage has at least half of what a question is about. */
  private boolean isAbout(String question) {
    return new TokenRecall(0.5).grade("", List.of(question), passage) == 1;
  }

  private static List<String> words(String text) {
    String plain = plain(text).strip();
    return plain.isEmpty() ? List.of() : List.of(plain.split(" ", -1));
  }

  private static String plain(String text) {
    return OTHER.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ");
  }
}
