package org.seal4j.data.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private record Wording(Attribute attribute, boolean plain, EditStyle style, Pattern pattern) {}

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
    Map<EditStyle, Integer> votes = new EnumMap<>(EditStyle.class);
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
        votes.merge(style, 1, Integer::sum);
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
    Optional<EditStyle> style = votes.keySet().stream().max(Comparator.comparingInt(votes::get));
    return new Reading(style, lines, claims, right);
  }

  private static boolean isSo(Claim claim, String subject, Story story) {
    return story.facts().stream()
        .filter(fact -> fact.attribute() == claim.attribute && fact.value().equals(claim.value))
        .map(Fact::person)
        .map(person -> isPronoun(subject) ? person.pronoun() : person.name())
        .anyMatch(subject::equals);
  }

  private static boolean isPronoun(String subject) {
    return subject.equals("He") || subject.equals("She");
  }

  private static List<Claim> claims(String line) {
    return SENTENCE.matcher(line).results().flatMap(found -> claim(found.group().strip())).toList();
  }

  /** What the first wording that fits says; none where no wording does. */
  private static Stream<Claim> claim(String sentence) {
    return WORDINGS.stream()
        .flatMap(wording -> claim(wording, wording.pattern.matcher(sentence)))
        .limit(1);
  }

  private static Stream<Claim> claim(Wording wording, Matcher matcher) {
    if (!matcher.matches()) {
      return Stream.of();
    }
    String value = wording.style == EditStyle.VAGUE ? "" : matcher.group("v");
    return Stream.of(
        new Claim(wording.attribute, wording.style, wording.plain, matcher.group("s"), value));
  }

  /** Vague sentences first: "lives in a city" also has the form of a value. */
  private static List<Wording> wordings() {
    List<Wording> all = new ArrayList<>();
    for (Attribute one : Attribute.values()) {
      all.add(new Wording(one, true, EditStyle.VAGUE, pattern(one.vague("{S}"))));
    }
    for (Attribute one : Attribute.values()) {
      for (int i = 0; i < one.wordings(); i++) {
        Pattern said = pattern(one.statement(i, "{S}", "{V}"));
        all.add(new Wording(one, i == 0, EditStyle.ATOMIC, said));
      }
      Pattern asked = pattern(one.question("{S}") + " {V}");
      all.add(new Wording(one, true, EditStyle.QUESTIONS, asked));
    }
    return List.copyOf(all);
  }

  private static Pattern pattern(String wording) {
    String quoted = Pattern.quote(wording);
    return Pattern.compile(
        quoted.replace("{S}", "\\E(?<s>He|She|\\S+ \\S+)\\Q").replace("{V}", "\\E(?<v>[^ .]+)\\Q"));
  }
}
