package org.seal4j.data.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.TextFile;

/**
 * Records as JSON files, strictly: unknown keys, keys given twice, missing or null components and
 * elements, text where a number belongs and anything after the end are refused with file, line and
 * column. The same value always makes the same text.
 */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .withConfigOverride(
              List.class, list -> list.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL)))
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

  /**
   * For JSON of any shape. NaN and Infinity, which Python writes, are numbers; who uses one as a
   * number refuses it.
   */
  private static final JsonMapper TREES =
      JsonMapper.builder(factory())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(StableOrder.module())
          .build();

  private Json() {}

  /**
   * Keys are not kept for later files: a file of keys that were chosen to have equal hashes would
   * break that table, and the reading of other files with it.
   */
  private static JsonFactory factory() {
    return JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();
  }

  /**
   * Reads a file.
   *
   * @param type a record, a list or a map; {@code JsonNode} for JSON of any shape
   * @throws InputException when the file is missing or does not hold exactly this type
   */
  public static <T> T read(Path file, Class<T> type) {
    return parse(TextFile.read(file), type, file.toString());
  }

  /** Reads a text; messages name the source, a file or what else the text is from. */
  public static <T> T parse(String text, Class<T> type, String source) {
    boolean tree = JsonNode.class.isAssignableFrom(type);
    try {
      return Checks.present(
          (tree ? TREES : MAPPER).readValue(text, type), "%s: the whole of it is null", source);
    } catch (JsonProcessingException e) {
      throw JsonFault.in(source, text, e);
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

  /** What is wrong with a JSON text, in words of ours instead of the library's. */
  public static String problem(String text, JsonProcessingException e) {
    return JsonFault.problem(text, e);
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
}
