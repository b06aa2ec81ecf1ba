package org.seal4j.scripts.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seal4j.data.check.InputException;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong with a YAML text, in words and with its line; never in those of the library. */
final class YamlFault {
  /** A message of the library and ours for it; {@code $1} is what its first group found. */
  private record Rule(Pattern theirs, String ours) {
    static Rule of(String theirs, String ours) {
      return new Rule(Pattern.compile(theirs, Pattern.DOTALL), ours);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "Duplicate (?:field|.*property) ['\"](.*)['\"].*", "the key '$1' is written twice"),
          Rule.of(
              "found character '\\\\t.*|found a tab.*",
              "a tab stands where only blanks may indent; replace it by blanks"),
          Rule.of(
              "found character '(.*?)'? that cannot start.*",
              "a value cannot begin with $1; put it in quotes"),
          Rule.of(
              "mapping values are not allowed.*",
              "a second ':' makes no sense in one line; put the value in quotes or on a line of its"
                  + " own"),
          Rule.of("(sequence|block sequence) entries .*", "a list cannot begin with '-' here"),
          Rule.of("could not find expected ':'.*", "a key stands here without ':' and a value"),
          Rule.of(
              "found unexpected (end of stream|document separator).*",
              "a text in quotes is opened but not closed"),
          Rule.of(
              "found unknown escape character (.).*",
              "a text in double quotes holds the escape \\\\$1, which YAML does not have; use single"
                  + " quotes for a backslash"),
          Rule.of(
              "expected escape sequence of (\\d+).*",
              "an escape in double quotes needs $1 hexadecimal digits"),
          Rule.of(
              "expected ',' or '(.)', but got.*",
              "a list or group that is opened needs a ',' or is not closed by '$1'"),
          Rule.of(
              "expected <block end>.*", "this line is indented otherwise than those it belongs to"),
          Rule.of(
              "expected '<document start>'.*", "something follows the end of the keys and values"),
          Rule.of(
              "found undefined tag handle.*", "a value cannot begin with '!'; put it in quotes"),
          Rule.of(
              "expected alphabetic or numeric.*",
              "a value cannot begin with '&' or '*'; put it in quotes"),
          Rule.of(
              "(?:expected the node content|did not find expected node).*",
              "a value is missing, or begins with a character that needs quotes"),
          Rule.of(
              ".*(?:special characters are not allowed|unacceptable).*",
              "it holds a control character; a text in double quotes can write it as an escape"),
          Rule.of("Document nesting depth.*allowed \\((\\d+).*", "nested deeper than $1 levels"),
          Rule.of("Expected a field name.*", "a key must be a word, not a list or a group"),
          Rule.of(".*exceeds the limit.*|.*exceeds the maximum.*", "a part of it is too long"));

  /** Such a fault is named where it opens, not where the text ends. */
  private static final String UNCLOSED = "found unexpected";

  private YamlFault() {}

  /**
   * The refusal of a text.
   *
   * @param source file or option
   * @param lines whether messages name lines
   */
  static InputException in(String source, boolean lines, JsonProcessingException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    String theirs = String.valueOf(e.getOriginalMessage());
    if (e.getCause() instanceof MarkedYAMLException marked) {
      theirs = String.valueOf(marked.getProblem());
      Mark mark = theirs.startsWith(UNCLOSED) ? marked.getContextMark() : marked.getProblemMark();
      line = mark == null ? line : mark.getLine() + 1;
    }
    Place place = new Place(source, lines ? Math.max(0, line) : 0);
    return new InputException(place + ": not valid YAML: " + problem(theirs), e);
  }

  private static String problem(String theirs) {
    for (Rule rule : RULES) {
      Matcher match = rule.theirs.matcher(theirs);
      if (match.matches()) {
        return match.replaceFirst(rule.ours);
      }
    }
    return "keys and values were expected here";
  }
}
