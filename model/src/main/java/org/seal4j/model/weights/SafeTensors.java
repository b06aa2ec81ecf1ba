package org.seal4j.model.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.Proof;
import org.seal4j.model.graph.ArrayForm;
import org.seal4j.model.plan.Tensors;

/**
 * Named float32 arrays in a safetensors file: eight bytes of header length (little-endian), a JSON
 * header, the arrays' bytes one after another. The same arrays and metadata always make the same
 * bytes.
 *
 * <p>Reading is strict: a file that differs in any way from what its header says, or in a name or
 * shape from what is asked for, is refused by file and tensor before an array is touched. {@link
 * SafeTensorsReader} reads single tensors.
 */
public final class SafeTensors {
  /** Name of the metadata that holds the proof of a file ({@link Proof}). */
  public static final String PROOF = "seal4j.proof";

  private static final int LENGTH_BYTES = 8;

  private static final int PIECE = 1 << 16;

  private SafeTensors() {}

  /**
   * Replaces the file in one step, tensors and metadata in the order of their names, the proof of
   * the file among the latter.
   *
   * @param tensors contiguous row-major float32 arrays
   * @param metadata free text by name
   */
  public static void write(Path file, Map<String, INDArray> tensors, Map<String, String> metadata) {
    TreeMap<String, INDArray> sorted = new TreeMap<>(tensors);
    sorted.forEach((name, array) -> requirePlain(file, name, array));
    Proof.write(
        file,
        (out, proof) -> {
          TreeMap<String, String> notes = new TreeMap<>(metadata);
          notes.put(PROOF, proof);
          byte[] header = SafeTensorsHeader.of(sorted, notes).toBytes();
          ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          out.write(length.putLong(header.length).array());
          out.write(header);
          for (INDArray array : sorted.values()) {
            write(array, out);
          }
        });
  }

  private static void write(INDArray array, OutputStream out) throws IOException {
    byte[] staged = new byte[PIECE];
    long bytes = Float.BYTES * array.length();
    for (long at = 0; at < bytes; at += PIECE) {
      int n = (int) Math.min(PIECE, bytes - at);
      Tensors.bytes(array, at, n).get(staged, 0, n);
      out.write(staged, 0, n);
    }
  }

  /**
   * Fills the given arrays, whose names and shapes must be exactly those of the file; F16 and BF16
   * become float32 exactly.
   *
   * @param tensors contiguous row-major float32 arrays
   * @return the file's metadata
   * @throws InputException naming file and tensor where anything does not fit
   */
  public static Map<String, String> readInto(Path file, Map<String, INDArray> tensors) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      fill(file, reader, tensors);
      return reader.metadata();
    }
  }

  /** As {@link #readInto}, and refuses a file that does not carry the proof of its bytes. */
  public static Map<String, String> readProven(Path file, Map<String, INDArray> tensors) {
    try (SafeTensorsReader reader = SafeTensorsReader.open(file)) {
      reader.requireProof();
      fill(file, reader, tensors);
      return reader.metadata();
    }
  }

  private static void fill(Path file, SafeTensorsReader reader, Map<String, INDArray> tensors) {
    Map<String, long[]> expected = new LinkedHashMap<>();
    tensors.forEach((name, array) -> expected.put(name, array.shape()));
    reader.shapes().forEach(reader::requireReadable);
    requireSame(file, "the expected tensors", reader.shapes(), expected);
    tensors.forEach((name, array) -> requirePlain(file, name, array));
    tensors.forEach(reader::read);
  }

  /** The metadata of a file: its header is checked as for reading, its tensors are not. */
  public static Map<String, String> metadata(Path file) {
    try (SafeTensorsReader reader = SafeTensorsReader.openHeader(file)) {
      return reader.metadata();
    }
  }

  /**
   * Refuses tensors of other names or shapes than those that are expected.
   *
   * @param what the expected tensors in words, such as {@code "the weights of the model"}
   */
  public static void requireSame(
      Path file, String what, Map<String, long[]> found, Map<String, long[]> expected) {
    Set<String> missing = new TreeSet<>(expected.keySet());
    missing.removeAll(found.keySet());
    Set<String> surplus = new TreeSet<>(found.keySet());
    surplus.removeAll(expected.keySet());
    List<String> misshapen = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          String has = Arrays.toString(found.getOrDefault(name, shape));
          if (!has.equals(Arrays.toString(shape))) {
            misshapen.add("%s is %s instead of %s".formatted(name, has, Arrays.toString(shape)));
          }
        });
    Map<String, Collection<String>> faults = new LinkedHashMap<>();
    faults.put("missing", missing);
    faults.put("not expected", surplus);
    faults.put("of another shape", misshapen);
    faults.values().removeIf(Collection::isEmpty);
    String said =
        faults.entrySet().stream()
            .map(fault -> fault.getKey() + " " + Shown.names(fault.getValue()))
            .collect(Collectors.joining(", "));
    Checks.require(said.isEmpty(), "%s does not hold %s: %s", file, what, said);
  }

  static void requirePlain(Path file, String name, INDArray array) {
    String tensor = "tensor '%s' of %s".formatted(name, file);
    ArrayForm.requirePlain(tensor, array);
    Checks.require(array.dataType() == DataType.FLOAT, "%s must be float32 but is int32", tensor);
  }
}
