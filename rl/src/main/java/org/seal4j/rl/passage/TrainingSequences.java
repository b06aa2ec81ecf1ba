package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;

/**
 * How a completion becomes the training texts of an inner loop (docs/seal.md §2.3), and the rules'
 * switches. Pure.
 *
 * <ol>
 *   <li>Everything up to a line that starts with {@code Implications:} is dropped, unless that is
 *       the first line.
 *   <li>The rest is split at {@code ---}; blank parts are dropped.
 *   <li>With {@code splitNewlines}, each line is a piece. A completion with both {@code Question
 *       7:} and {@code Answer:} is instead split, as a whole, before each numbered question, so
 *       that a piece is a question with its answer. Of two or more lines the first is dropped where
 *       the second starts with {@code 1.}: it is a preamble.
 *   <li>The first {@code maxPieces} pieces are kept, the blank ones dropped.
 *   <li>Each piece goes under the title, and the passage under its title comes last.
 * </ol>
 *
 * List numbers stay in the text.
 *
 * @param splitNewlines one text per line (reinforcement and evaluation) or per part (continued
 *     pretraining on many passages)
 * @param implicationsMarker whether rule 1 holds (SEAL's second version)
 * @param maxPieces most pieces kept, 30 in SEAL's second version; 0 keeps all
 * @param titlePrefix whether the title stands on a line of its own before each text
 * @param addPassage whether the passage itself is the last text
 * @param keepEmpty whether an empty completion gives a text that is only the title line, as in
 *     SEAL's first version, whose "train on the passage" therefore has two texts
 * @param paddedLabels carried for the inner loop: whether padding counts as text to be predicted,
 *     as in SEAL; the texts do not depend on it
 */
public record TrainingSequences(
    boolean splitNewlines,
    boolean implicationsMarker,
    int maxPieces,
    boolean titlePrefix,
    boolean addPassage,
    boolean keepEmpty,
    boolean paddedLabels) {
  private static final String MARKER = "\nImplications:";
  private static final String RULE = "---";
  private static final Pattern NUMBERED_QUESTION = Pattern.compile("Question \\d+:");
  private static final Pattern ANSWER = Pattern.compile("Answer\\s*:");
  private static final Pattern BEFORE_QUESTION = Pattern.compile("\n(?=Question \\d+:)");

  public TrainingSequences {
    Checks.require(
        maxPieces >= 0,
        "maxPieces must be >= 0 but was %d; 30 is SEAL's, 0 keeps every piece",
        maxPieces);
  }

  /** The rules of SEAL's second version, padding masked: what Seal4J uses. */
  public static TrainingSequences defaults() {
    return new TrainingSequences(true, true, 30, true, true, false, false);
  }

  /** The rules behind SEAL's published single-passage figures: first version, padded labels. */
  public static TrainingSequences referenceCompat() {
    return new TrainingSequences(true, false, 0, true, true, true, true);
  }

  /** The same rules with lines split or not. */
  public TrainingSequences withSplitNewlines(boolean split) {
    return new TrainingSequences(
        split, implicationsMarker, maxPieces, titlePrefix, addPassage, keepEmpty, paddedLabels);
  }

  /** The same rules with the passage itself trained on or not. */
  public TrainingSequences withAddPassage(boolean add) {
    return new TrainingSequences(
        splitNewlines, implicationsMarker, maxPieces, titlePrefix, add, keepEmpty, paddedLabels);
  }

  /** The same rules with another cap; 0 keeps every piece. */
  public TrainingSequences withMaxPieces(int most) {
    return new TrainingSequences(
        splitNewlines, implicationsMarker, most, titlePrefix, addPassage, keepEmpty, paddedLabels);
  }

  /** The training texts that this edit gives for this passage, the passage itself last. */
  public List<String> build(KnowledgeEdit edit, Passage passage) {
    return build(edit.text(), passage.title(), passage.context());
  }

  /** The training texts of a completion; empty where there is nothing to train on. */
  public List<String> build(String completion, String title, String context) {
    List<String> texts = new ArrayList<>();
    for (String piece : pieces(completion)) {
      texts.add(titled(title, piece));
    }
    if (addPassage) {
      texts.add(titled(title, TextRules.strip(context)));
    }
    return List.copyOf(texts);
  }

  /** Rules 1 to 4: the pieces of a completion, without title and passage. */
  public List<String> pieces(String completion) {
    String text = TextRules.strip(TextRules.LINE_END.matcher(completion).replaceAll("\n"));
    String body = implicationsMarker ? afterMarker(text) : text;
    Stream<String> pieces = split(body).stream();
    Stream<String> kept = maxPieces == 0 ? pieces : pieces.limit(maxPieces);
    return kept.filter(piece -> keepEmpty || !piece.isEmpty()).toList();
  }

  private static String afterMarker(String text) {
    int at = text.indexOf(MARKER);
    return at < 0 ? text : text.substring(at + MARKER.length());
  }

  private List<String> split(String body) {
    List<String> parts = parts(body);
    if (!splitNewlines) {
      return parts;
    }
    return questions(body).orElseGet(() -> lines(parts));
  }

  /** Never empty: a body without text is one empty part. */
  private static List<String> parts(String body) {
    List<String> parts =
        Stream.of(body.split(RULE, -1)).map(TextRules::strip).filter(p -> !p.isEmpty()).toList();
    return parts.isEmpty() ? List.of(TextRules.strip(body)) : parts;
  }

  private static List<String> lines(List<String> parts) {
    List<String> lines = parts.stream().flatMap(part -> TextRules.lines(part).stream()).toList();
    if (lines.isEmpty()) {
      return parts;
    }
    boolean preamble = lines.size() >= 2 && lines.get(1).startsWith("1.");
    return preamble ? lines.subList(1, lines.size()) : lines;
  }

  private static Optional<List<String>> questions(String body) {
    if (!NUMBERED_QUESTION.matcher(body).find() || !ANSWER.matcher(body).find()) {
      return Optional.empty();
    }
    List<String> pieces = new ArrayList<>();
    for (String piece : BEFORE_QUESTION.split(TextRules.strip(body), -1)) {
      boolean numbered = !pieces.isEmpty() || piece.startsWith("Question");
      pieces.add(TextRules.strip(numbered ? piece : "Question 1: " + piece));
    }
    return Optional.of(pieces);
  }

  private String titled(String title, String text) {
    return titlePrefix ? title + "\n" + text : text;
  }
}
