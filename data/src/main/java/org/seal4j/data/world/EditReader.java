package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Says in which style a self-edit about a story is written, and how much of what it claims is so.
 * Reads the wordings of the world only; any other line counts as no claim.
 */
public final class EditReader {
  private static final Pattern SENTENCE = Pattern.compile("[^.?]+[.?]( \\S+$)?");
  private static final List<Wording> WORDINGS = wordings();

  private EditReader() {}

  /** How facts can be said: a pattern with the subject and, unless vague, the value. */
  private record Wording(
      Attribute attribute, boolean plain, Optional<EditStyle> style, Pattern pattern) {}

  /** A sentence that could be read. */
  private record Claim(
      Attribute attribute, EditStyle style, boolean plain, String subject, String value) {}

  /**
   * What an edit is like.
   *
   * @param style of most of its sentences; empty where none could be read
   * @param lines lines that are not blank
   * @param claims sentences that state a value
   * @param right of them, those that are so in the story
   */
  public record Reading(Optional<EditStyle> style, int lines, int claims, int right) {}

  /** Reads an edit about a story. */
  public static Reading read(String edit, Story story) {
    int[] votes = new int[EditStyle.values().length];
    int lines = 0;
    int claims = 0;
    int right = 0;
    for (String line : edit.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      lines++;
      String named = "";
      List<Claim> said = claims(line);
      boolean retold = said.size() > 1 || said.stream().anyMatch(claim -> !claim.plain);
      for (Claim claim : said) {
        boolean pronoun = isPronoun(claim.subject);
        EditStyle style = claim.style;
        if (style == EditStyle.ATOMIC) {
          style = retold ? EditStyle.REWRITE : pronoun ? EditStyle.PRONOUNS : EditStyle.ATOMIC;
        }
        votes[place(style)]++;
        if (!pronoun) {
          named = claim.subject;
        }
        if (claim.style != EditStyle.VAGUE) {
          claims++;
          String subject = pronoun && !named.isEmpty() ? named : claim.subject;
          right += isSo(claim, subject, story) ? 1 : 0;
        }
      }
    }
    return new Reading(winner(votes), lines, claims, right);
  }

  private static Optional<EditStyle> winner(int[] votes) {
    Optional<EditStyle> best = Optional.empty();
    int most = 0;
    for (EditStyle style : EditStyle.values()) {
      if (votes[place(style)] > most) {
        most = votes[place(style)];
        best = Optional.of(style);
      }
    }
    return best;
  }

  private static int place(EditStyle style) {
    return List.of(EditStyle.values()).indexOf(style);
  }

  private static boolean isSo(Claim claim, String subject, Story story) {
    return story.facts().stream()
        .filter(fact -> fact.attribute() == claim.attribute && fact.value().equals(claim.value))
        .map(Fact::person)
        .anyMatch(
            person ->
                isPronoun(subject)
                    ? person.pronoun().equals(subject)
                    : person.name().equals(subject));
  }

  private static boolean isPronoun(String subject) {
    return subject.equals("He") || subject.equals("She");
  }

  private static List<Claim> claims(String line) {
    List<Claim> claims = new ArrayList<>();
    Matcher sentences = SENTENCE.matcher(line);
    while (sentences.find()) {
      String sentence = sentences.group().strip();
      WORDINGS.stream()
          .map(wording -> claim(wording, sentence))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(claims::add);
    }
    return claims;
  }

  private static Optional<Claim> claim(Wording wording, String sentence) {
    Matcher matcher = wording.pattern.matcher(sentence);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    EditStyle style = wording.style.orElse(EditStyle.ATOMIC);
    String value = style == EditStyle.VAGUE ? "" : matcher.group("v");
    return Optional.of(
        new Claim(wording.attribute, style, wording.plain, matcher.group("s"), value));
  }

  /** Vague sentences first: "lives in a city" also has the form of a value. */
  private static List<Wording> wordings() {
    List<Wording> vague = new ArrayList<>();
    List<Wording> others = new ArrayList<>();
    for (Attribute attribute : Attribute.values()) {
      vague.add(
          new Wording(
              attribute, true, Optional.of(EditStyle.VAGUE), pattern(attribute.vague("{S}"))));
      for (int wording = 0; wording < attribute.wordings(); wording++) {
        others.add(
            new Wording(
                attribute,
                wording == 0,
                Optional.empty(),
                pattern(attribute.statement(wording, "{S}", "{V}"))));
      }
      others.add(
          new Wording(
              attribute,
              true,
              Optional.of(EditStyle.QUESTIONS),
              pattern(attribute.question("{S}") + " {V}")));
    }
    return Stream.concat(vague.stream(), others.stream()).toList();
  }

  private static Pattern pattern(String wording) {
    String quoted = Pattern.quote(wording);
    return Pattern.compile(
        quoted.replace("{S}", "\\E(?<s>He|She|\\S+ \\S+)\\Q").replace("{V}", "\\E(?<v>[^ .]+)\\Q"));
  }
}
