package org.seal4j.data.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;

/**
 * Records as JSON files, strictly: unknown keys, keys given twice, missing or null components, text
 * where a number belongs and anything after the end are refused with file, line and column. The
 * same value always makes the same text.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
              DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addModule(StableOrder.module())
          .defaultPrettyPrinter(printer())
          .build();

  /** What Jackson's messages say about its own settings and sources. */
  private static final Pattern JARGON = Pattern.compile(" \\((but|set|start marker at) .*");

  private Json() {}

  /**
   * Reads a file.
   *
   * @param type a record, a list or a map; {@code JsonNode} for JSON of any shape
   * @throws InputException when the file is missing or does not hold exactly this type
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return parse(Files.readString(file), type, file.toString());
    } catch (CharacterCodingException e) {
      throw new InputException("%s is not UTF-8 text".formatted(file), e);
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
    }
  }

  /** Reads a text; messages name the source, a file or what else the text is from. */
  public static <T> T parse(String text, Class<T> type, String source) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new InputException(source + place(e) + ": " + problem(e), e);
    }
  }

  /** Writes an indented file in one step. */
  public static void write(Path file, Object value) {
    AtomicFile.writeText(file, pretty(value));
  }

  /** The value as indented text that ends with a line feed. */
  public static String pretty(Object value) {
    return written(MAPPER.writerWithDefaultPrettyPrinter(), value) + "\n";
  }

  /** The value on one line, without blanks. */
  public static String line(Object value) {
    return written(MAPPER.writer(), value);
  }

  private static String written(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form for " + value.getClass(), e);
    }
  }

  /** A record as a map of its components in order, nested records as maps. */
  public static Map<String, @Nullable Object> toMap(Object value) {
    return MAPPER.convertValue(
        value, new TypeReference<LinkedHashMap<String, @Nullable Object>>() {});
  }

  private static DefaultPrettyPrinter printer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    return new DefaultPrettyPrinter(separators)
        .withObjectIndenter(indenter)
        .withArrayIndenter(indenter);
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    String place =
        location == null
            ? ""
            : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? place + ", key '" + path(mapping) + "'"
        : place;
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."))
        .replace(".[", "[");
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown
        && unknown.getKnownPropertyIds() != null) {
      return "this key is unknown; known here are "
          + new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
    }
    if (e.getCause() instanceof InputException refused) {
      return refused.getMessage() == null ? "refused" : refused.getMessage();
    }
    String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    if (message.startsWith("Missing creator property")) {
      return "this key is missing";
    }
    if (message.startsWith("Null value for creator property")) {
      return "the value is null";
    }
    if (message.startsWith("Trailing token")) {
      return "something follows the end of the JSON value";
    }
    return JARGON.matcher(message).replaceFirst("");
  }
}
