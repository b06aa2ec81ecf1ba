package org.seal4j.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.json.Json;

/**
 * The table of contents of a safetensors file.
 *
 * @param tensors where each tensor lies, in the order of the file
 * @param metadata free text by name
 */
record SafeTensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * One tensor: its shape, and its bytes counted from the end of the header.
   *
   * @param type type of its elements
   * @param shape sizes, outermost first
   * @param begin first byte
   * @param end one past the last byte
   */
  @SuppressWarnings("ArrayRecordComponent") // identity is never compared
  record Entry(TensorType type, long[] shape, long begin, long end) {}

  /** Lays tensors out one after another, in the order of their names. */
  static SafeTensorsHeader of(SortedMap<String, INDArray> arrays, SortedMap<String, String> notes) {
    Map<String, Entry> tensors = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, INDArray> named : arrays.entrySet()) {
      Checks.require(
          !named.getKey().equals(METADATA), "a tensor cannot be named %s in safetensors", METADATA);
      long end = at + Float.BYTES * named.getValue().length();
      tensors.put(named.getKey(), new Entry(TensorType.F32, named.getValue().shape(), at, end));
      at = end;
    }
    return new SafeTensorsHeader(tensors, notes);
  }

  /** The header as UTF-8 JSON, padded with spaces so that the tensors start at a multiple of 8. */
  byte[] toBytes() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode notes = root.putObject(METADATA);
      metadata.forEach(notes::put);
    }
    tensors.forEach(
        (name, entry) -> {
          ObjectNode tensor = root.putObject(name).put("dtype", entry.type.name());
          Arrays.stream(entry.shape).forEach(tensor.putArray("shape")::add);
          tensor.putArray("data_offsets").add(entry.begin).add(entry.end);
        });
    try {
      byte[] json = MAPPER.writeValueAsBytes(root);
      byte[] padded = Arrays.copyOf(json, (json.length + 7) & -8);
      Arrays.fill(padded, json.length, padded.length, (byte) ' ');
      return padded;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers always has a JSON form", e);
    }
  }

  /**
   * Reads a header and checks that its tensors cover the data from the first to the last byte,
   * without overlap or gap.
   *
   * @param file named in messages
   * @param dataLength bytes that follow the header
   */
  static SafeTensorsHeader parse(String json, String file, long dataLength) {
    JsonNode root = Json.parse(json, JsonNode.class, file + ", header");
    Checks.require(root.isObject(), "%s: its header must be a JSON object", file);
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Entry> found = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(metadata(field.getValue(), file));
      } else {
        String where = "%s: tensor '%s'".formatted(file, Shown.text(field.getKey()));
        found.put(field.getKey(), entry(field.getValue(), where));
      }
    }
    return new SafeTensorsHeader(inOrder(found, file, dataLength), metadata);
  }

  private static Map<String, String> metadata(JsonNode node, String file) {
    Checks.require(node.isObject(), "%s: %s must be a JSON object", file, METADATA);
    Map<String, String> metadata = new LinkedHashMap<>();
    node.properties()
        .forEach(
            note -> {
              Checks.require(
                  note.getValue().isTextual(),
                  "%s: %s.%s must be a text but is %s",
                  file,
                  METADATA,
                  Shown.text(note.getKey()),
                  Shown.text(note.getValue()));
              metadata.put(note.getKey(), note.getValue().textValue());
            });
    return metadata;
  }

  private static Entry entry(JsonNode node, String where) {
    Checks.require(
        node.isObject() && node.size() == 3,
        "%s must have exactly dtype, shape and data_offsets but is %s",
        where,
        Shown.text(node));
    TensorType type = TensorType.named(Shown.text(node.path("dtype").asText("")), where);
    long[] shape = integers(node.path("shape"), where + ".shape");
    long[] offsets = integers(node.path("data_offsets"), where + ".data_offsets");
    Checks.require(
        offsets.length == 2 && offsets[0] <= offsets[1],
        "%s.data_offsets must be [begin, end] but is %s",
        where,
        Shown.text(Arrays.toString(offsets)));
    long bytes = bytes(type, shape, where);
    Checks.require(
        offsets[1] - offsets[0] == bytes,
        "%s of shape %s needs %d bytes but its data_offsets %s hold %d",
        where,
        Shown.text(Arrays.toString(shape)),
        bytes,
        Shown.text(Arrays.toString(offsets)),
        offsets[1] - offsets[0]);
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  private static long[] integers(JsonNode node, String where) {
    List<JsonNode> values = new ArrayList<>();
    node.forEach(values::add);
    Checks.require(
        node.isArray()
            && values.stream()
                .allMatch(v -> v.isIntegralNumber() && v.canConvertToLong() && v.longValue() >= 0),
        "%s must be a list of integers >= 0 but is %s",
        where,
        Shown.text(node));
    return values.stream().mapToLong(JsonNode::longValue).toArray();
  }

  private static long bytes(TensorType type, long[] shape, String where) {
    try {
      long bytes = type.bytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw Checks.refuse(
          "%s has an impossible shape %s", where, Shown.text(Arrays.toString(shape)));
    }
  }

  private static Map<String, Entry> inOrder(Map<String, Entry> found, String file, long length) {
    List<Map.Entry<String, Entry>> sorted = new ArrayList<>(found.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin)
            .thenComparingLong(e -> e.getValue().end));
    Map<String, Entry> ordered = new LinkedHashMap<>();
    long at = 0;
    for (Map.Entry<String, Entry> named : sorted) {
      Entry entry = named.getValue();
      Checks.require(
          entry.begin == at,
          "%s: tensor '%s' begins at byte %d of the data but the one before ends at %d: %s",
          file,
          Shown.text(named.getKey()),
          entry.begin,
          at,
          entry.begin < at ? "they overlap" : "there is a gap");
      Checks.require(
          entry.end <= length,
          "%s: tensor '%s' ends at byte %d of the data but the file has only %d; it is truncated",
          file,
          Shown.text(named.getKey()),
          entry.end,
          length);
      ordered.put(named.getKey(), entry);
      at = entry.end;
    }
    Checks.require(
        at == length, "%s: %d bytes follow the last tensor; none may", file, length - at);
    return ordered;
  }

  /** The JSON text of a header's bytes. */
  static String text(byte[] bytes, String file) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InputException(
          "%s: its header is not UTF-8 text; it is no safetensors file".formatted(file), e);
    }
  }
}
