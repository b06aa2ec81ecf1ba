package org.seal4j.scripts.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.seal4j.data.check.Shown;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The words of a command line, taken as they were typed: no word names a file of further words, and
 * what follows the {@code =} of an option is its value, whatever it looks like. Where option and
 * value are two words, a value that is itself an option of the command is refused, since a value
 * was most likely forgotten.
 */
final class Words {
  /** Stands for {@code --} where it ends the options; no typed word holds a zero. */
  private static final String END = "\0";

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private final List<String> typed;
  private final List<String> read = new ArrayList<>();
  private CommandLine command;
  private int next;

  private Words(List<String> typed, CommandLine command) {
    this.typed = typed;
    this.command = command;
  }

  /** Sets a parser up for words that come from {@link #of}. */
  static void configure(CommandLine line) {
    line.setExpandAtFiles(false);
    line.setAllowOptionsAsOptionParameters(true);
    line.setAllowSubcommandsAsOptionParameters(true);
    line.setEndOfOptionsDelimiter(END);
    convert(line, Integer.class, Words::whole, Integer::valueOf);
    convert(line, int.class, Words::whole, Integer::valueOf);
    convert(line, Long.class, Words::whole, Long::valueOf);
    convert(line, long.class, Words::whole, Long::valueOf);
    convert(line, Double.class, Words::decimal, Double::valueOf);
    convert(line, double.class, Words::decimal, Double::valueOf);
    line.registerConverter(Path.class, Words::path);
  }

  /**
   * The words as the parser wants them.
   *
   * @throws ParameterException where an option has no value
   */
  static List<String> of(List<String> typed, CommandLine line) {
    return new Words(typed, line).read();
  }

  private List<String> read() {
    while (next < typed.size()) {
      String word = typed.get(next++);
      CommandLine sub = command.getSubcommands().get(word);
      OptionSpec option = command.getCommandSpec().optionsMap().get(word);
      if (word.equals("--")) {
        read.add(END);
        read.addAll(typed.subList(next, typed.size()));
        break;
      } else if (option != null) {
        option(word, option);
      } else {
        requireKnown(word);
        read.add(word);
        command = sub == null ? command : sub;
      }
    }
    return read;
  }

  /** An option without {@code =}: the next word is its value, if it takes one. */
  private void option(String name, OptionSpec option) {
    String following = next < typed.size() ? typed.get(next) : null;
    if (option.arity().min() == 0) {
      boolean mayTakeOne = option.arity().max() == 1 && !option.fallbackValue().isEmpty();
      boolean alone = following == null || following.startsWith("-");
      read.add(mayTakeOne && alone ? name + "=" + option.fallbackValue() : name);
      return;
    }
    if (following == null) {
      throw new ParameterException(
          command, "option '" + name + "' needs a value, " + option.paramLabel());
    }
    if (isOption(following)) {
      throw new ParameterException(
          command,
          "option '%1$s' needs a value, but '%2$s' follows; if that is the value, write %1$s=%2$s"
              .formatted(name, Shown.text(following)));
    }
    read.add(name);
    read.add(following);
    next++;
  }

  /** An unknown option is named before anything that is missing because of it. */
  private void requireKnown(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (name.length() < 2 || !name.startsWith("-") || DECIMAL.matcher(word).matches()) {
      return;
    }
    boolean known =
        command.getCommandSpec().optionsMap().containsKey(name)
            || command.getCommandSpec().posixOptionsMap().containsKey(name.charAt(1))
            || command.isUnmatchedArgumentsAllowed()
            || command.isUnmatchedOptionsArePositionalParams();
    if (!known) {
      throw new UnmatchedArgumentException(command, List.of(word));
    }
  }

  private boolean isOption(String word) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    return word.equals("--") || command.getCommandSpec().optionsMap().containsKey(name);
  }

  private static <T> void convert(
      CommandLine line, Class<T> type, Function<String, String> check, Function<String, T> parse) {
    ITypeConverter<T> converter =
        word -> {
          try {
            return parse.apply(check.apply(word));
          } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + Shown.text(word) + "' is out of range");
          }
        };
    line.registerConverter(type, converter);
  }

  private static String whole(String word) {
    if (!WHOLE.matcher(word).matches()) {
      throw new TypeConversionException("'" + Shown.text(word) + "' is not a whole number");
    }
    return word;
  }

  private static String decimal(String word) {
    if (!DECIMAL.matcher(word).matches()) {
      throw new TypeConversionException("'" + Shown.text(word) + "' is not a number such as 0.8");
    }
    if (Double.isInfinite(Double.parseDouble(word))) {
      throw new NumberFormatException(word);
    }
    return word;
  }

  private static Path path(String word) {
    if (word.isBlank()) {
      throw new TypeConversionException("the path is empty");
    }
    try {
      return Path.of(word);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("'" + Shown.text(word) + "' is not a path on this system");
    }
  }
}
