package org.seal4j.scripts.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seal4j.data.check.Shown;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads one of the constants of an enum, in any case, and names them as help does where a word is
 * none of them.
 */
record EnumChoice<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {

  /** Has every option of the command line whose values are an enum read in this way. */
  static void register(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.type().isEnum() && option.converters().length == 0) {
          register(line, option.type());
        }
      }
      register(command);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // the class is that of an enum
  private static void register(CommandLine line, Class<?> type) {
    line.registerConverter((Class) type, new EnumChoice(type));
  }

  @Override
  public E convert(String word) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s but was '%s'"
                        .formatted(
                            Arrays.stream(constants)
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                            Shown.text(word))));
  }
}
