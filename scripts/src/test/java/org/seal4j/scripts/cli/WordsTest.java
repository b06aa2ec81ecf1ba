package org.seal4j.scripts.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.scripts.launch.CommandName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Words of a command line reach a command as they were typed. */
class WordsTest {
  private final StringWriter err = new StringWriter();

  @Command(name = "tool", subcommands = Say.class)
  static final class Tool implements Runnable {
    @Override
    public void run() {}
  }

  @Command(name = "say")
  static final class Say implements Runnable {
    @Option(names = "--text")
    private @Nullable String text;

    @Option(names = "--also", paramLabel = "TEXT")
    private List<String> also = new ArrayList<>();

    @Option(names = "--loud")
    private boolean loud;

    @Option(names = "--to", arity = "0..1", fallbackValue = "-", paramLabel = "FILE")
    private @Nullable String to;

    @Option(names = "--count")
    private int count;

    @Option(names = "--share")
    private double share;

    @Option(names = "--from")
    private @Nullable Path from;

    @Parameters private List<String> rest = new ArrayList<>();

    @Override
    public void run() {}
  }

  /** What {@code tool say} was told, or null where the words were refused. */
  private @Nullable Say say(String... words) {
    err.getBuffer().setLength(0);
    CommandLine line = new CommandLine(new Tool()).setErr(new PrintWriter(err, true));
    Words.configure(line);
    List<String> all = new ArrayList<>(List.of("say"));
    all.addAll(List.of(words));
    Failures failures = new Failures(() -> false);
    line.setParameterExceptionHandler(failures);
    try {
      int code = line.execute(Words.of(all, line).toArray(String[]::new));
      return code == 0 ? (Say) line.getSubcommands().get("say").getCommand() : null;
    } catch (ParameterException e) {
      failures.handleParseException(e, words);
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@@Ann said",
        "@pom.xml",
        "@",
        "--loud",
        "--loud=true",
        "--",
        "-h",
        "-hello",
        "--nothing=like it",
        "=",
        "a=b",
        "",
        " ",
        "\"quoted\"",
        "'",
        "say",
        "%s %n",
        "${user.home}",
        "\uD83D\uDE00 é 中"
      })
  void the_value_behind_an_equals_sign_is_taken_as_typed(String value) {
    Say said = say("--text=" + value, "--also=" + value, "--also=" + value, "--loud");
    assertThat(said).as(err.toString()).isNotNull();
    assertThat(said.text).isEqualTo(value);
    assertThat(said.also).containsExactly(value, value);
    assertThat(said.loud).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@@Ann said",
        "@pom.xml",
        "-hello",
        "--nothing",
        "-7",
        "",
        "say",
        "a=b",
        "\uD83D\uDE00"
      })
  void so_is_the_next_word_unless_it_is_an_option_of_the_command(String value) {
    Say said = say("--text", value, "--also", value, "--loud");
    assertThat(said).as(err.toString()).isNotNull();
    assertThat(said.text).isEqualTo(value);
    assertThat(said.also).containsExactly(value);
    assertThat(said.loud).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--text --loud    | option '--text' needs a value, but '--loud' follows; if that is the value, write --text=--loud",
        "--also --text=a  | option '--also' needs a value, but '--text=a' follows; if that is the value, write --also=--text=a",
        "--text --         | option '--text' needs a value, but '--' follows; if that is the value, write --text=--",
        "--loud --also    | option '--also' needs a value, TEXT",
        "--txet a         | unknown option '--txet', did you mean '--text'?",
        "-text a          | unknown option '-text', did you mean '--text'?",
        "--Text=a         | unknown option '--Text', did you mean '--text'?",
        "--text=a --text=b | option '--text' (<text>) should be specified only once",
        "--count 1e3      | Invalid value for option '--count': '1e3' is not a whole number",
        "--count 99999999999 | Invalid value for option '--count': '99999999999' is out of range",
        "--share 1e400    | Invalid value for option '--share': '1e400' is out of range",
        "--share NaN      | Invalid value for option '--share': 'NaN' is not a number such as 0.8",
        "--share 0x1p3    | Invalid value for option '--share': '0x1p3' is not a number such as 0.8",
        "--share 1d       | Invalid value for option '--share': '1d' is not a number such as 0.8",
        "--from=          | Invalid value for option '--from': the path is empty"
      })
  void what_cannot_be_meant_is_refused_with_the_way_to_write_it(String line, String message) {
    assertThat(say(line.strip().split(" +"))).isNull();
    assertThat(err.toString().strip())
        .isEqualTo("tool say: " + message + "; see " + CommandName.here() + " say --help");
  }

  @Test
  void blanks_belong_to_no_number() {
    assertThat(say("--count", " 5")).isNull();
    assertThat(err.toString()).contains("' 5' is not a whole number").hasLineCount(1);
    assertThat(say("--share=0.5 ")).isNull();
    assertThat(err.toString()).contains("'0.5 ' is not a number").hasLineCount(1);
    Say said = say("--count=-5", "--share", "+.5e-1");
    assertThat(said).isNotNull();
    assertThat(said.count).isEqualTo(-5);
    assertThat(said.share).isEqualTo(0.05);
  }

  @Test
  void two_dashes_alone_end_the_options() {
    Say said = say("--loud", "--", "--text", "--", "-x");
    assertThat(said).isNotNull();
    assertThat(said.loud).isTrue();
    assertThat(said.text).isNull();
    assertThat(said.rest).containsExactly("--text", "--", "-x");
  }

  @Test
  void a_value_that_may_be_left_out_is_not_taken_from_the_next_option() {
    Say alone = say("--to", "--loud");
    assertThat(alone).isNotNull();
    assertThat(alone.to).isEqualTo("-");
    assertThat(alone.loud).isTrue();
    Say last = say("--loud", "--to");
    assertThat(last).isNotNull();
    assertThat(last.to).isEqualTo("-");
    Say given = say("--to", "a.json", "--loud");
    assertThat(given).isNotNull();
    assertThat(given.to).isEqualTo("a.json");
  }

  @Test
  void a_very_long_word_is_shown_cut() {
    String word = "--" + "x".repeat(100_000);
    assertThat(say(word)).isNull();
    assertThat(err.toString()).hasSizeLessThan(300).hasLineCount(1);
    Say said = say("--text", word.substring(1));
    assertThat(said).isNotNull();
    assertThat(said.text).hasSize(100_001);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "a\\nb,a|b",
        "C:\\\\new\\\\nabla,C:\\new\\nabla",
        "\\\\\\n,\\|",
        "\\d\\,\\d\\",
        "\\\\,\\"
      })
  void a_backslash_before_n_is_a_line_feed_and_before_itself_one_backslash(
      String typed, String meant) {
    assertThat(AnswerOptions.plain(typed)).isEqualTo(meant.replace('|', '\n'));
  }
}
