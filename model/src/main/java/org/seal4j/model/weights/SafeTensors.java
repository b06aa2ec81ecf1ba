package org.seal4j.model.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.run.AtomicFile;
import org.seal4j.data.run.Checks;
import org.seal4j.data.run.InputException;

/**
 * Named float32 arrays in a safetensors file: eight bytes of header length (little-endian), a JSON
 * header, the arrays' bytes one after another. The same arrays and metadata always make the same
 * bytes.
 *
 * <p>Reading is strict: a file that differs in any way from what its header says, or in a name or
 * shape from what is asked for, is refused by file and tensor before an array is touched.
 */
public final class SafeTensors {
  private static final int LENGTH_BYTES = 8;

  /** The limit of the reference implementation. */
  private static final long MAX_HEADER = 100_000_000;

  private static final int PIECE = 1 << 16;

  private SafeTensors() {}

  /**
   * Replaces the file in one step, tensors and metadata in the order of their names.
   *
   * @param tensors contiguous row-major float32 arrays
   * @param metadata free text by name
   */
  public static void write(Path file, Map<String, INDArray> tensors, Map<String, String> metadata) {
    TreeMap<String, INDArray> sorted = new TreeMap<>(tensors);
    sorted.forEach((name, array) -> requirePlain(file, name, array));
    byte[] header = SafeTensorsHeader.of(sorted, new TreeMap<>(metadata)).toBytes();
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    length.putLong(header.length);
    AtomicFile.write(
        file,
        out -> {
          out.write(length.array());
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
      memory(array, at, n).get(staged, 0, n);
      out.write(staged, 0, n);
    }
  }

  /**
   * Fills the given arrays, whose names and shapes must be exactly those of the file.
   *
   * @param tensors contiguous row-major float32 arrays
   * @return the file's metadata
   * @throws InputException naming file and tensor where anything does not fit
   */
  public static Map<String, String> readInto(Path file, Map<String, INDArray> tensors) {
    return open(
        file,
        channel -> {
          SafeTensorsHeader header = header(file, channel);
          requireSame(file, header, tensors);
          long data = channel.size() - end(header);
          for (Map.Entry<String, SafeTensorsHeader.Entry> entry : header.tensors().entrySet()) {
            INDArray array = java.util.Objects.requireNonNull(tensors.get(entry.getKey()));
            read(channel, data + entry.getValue().begin(), array, file + ": " + entry.getKey());
          }
          return header.metadata();
        });
  }

  /** The metadata of a file, whose header is checked as for reading. */
  public static Map<String, String> metadata(Path file) {
    return open(file, channel -> header(file, channel).metadata());
  }

  /** Something that is done with an open file. */
  @FunctionalInterface
  private interface Body<T> {
    T apply(FileChannel channel) throws IOException;
  }

  private static <T> T open(Path file, Body<T> body) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return body.apply(channel);
    } catch (NoSuchFileException e) {
      throw new InputException("cannot read %s: no such file".formatted(file), e);
    } catch (IOException e) {
      throw new InputException("cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static long end(SafeTensorsHeader header) {
    return header.tensors().values().stream()
        .mapToLong(SafeTensorsHeader.Entry::end)
        .max()
        .orElse(0);
  }

  private static SafeTensorsHeader header(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    Checks.require(
        size >= LENGTH_BYTES,
        "%s has %d bytes; a safetensors file starts with 8 bytes of header length",
        file,
        size);
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, 0, length, file.toString());
    long bytes = length.getLong(0);
    Checks.require(
        bytes >= 2 && bytes <= Math.min(MAX_HEADER, size - LENGTH_BYTES),
        "%s: a header of %s bytes does not fit the file of %d; it is truncated or no safetensors"
            + " file",
        file,
        Long.toUnsignedString(bytes),
        size);
    ByteBuffer header = ByteBuffer.allocate((int) bytes);
    readFully(channel, LENGTH_BYTES, header, file.toString());
    return SafeTensorsHeader.parse(
        SafeTensorsHeader.text(header.array()), file.toString(), size - LENGTH_BYTES - bytes);
  }

  private static void requireSame(
      Path file, SafeTensorsHeader header, Map<String, INDArray> tensors) {
    TreeSet<String> missing = new TreeSet<>(tensors.keySet());
    missing.removeAll(header.tensors().keySet());
    TreeSet<String> surplus = new TreeSet<>(header.tensors().keySet());
    surplus.removeAll(tensors.keySet());
    Checks.require(
        missing.isEmpty() && surplus.isEmpty(),
        "%s does not hold the expected tensors: missing %s, not expected %s",
        file,
        missing,
        surplus);
    header
        .tensors()
        .forEach(
            (name, entry) -> {
              INDArray array = java.util.Objects.requireNonNull(tensors.get(name));
              requirePlain(file, name, array);
              Checks.require(
                  Arrays.equals(entry.shape(), array.shape()),
                  "%s: tensor '%s' is %s but %s is expected",
                  file,
                  name,
                  Arrays.toString(entry.shape()),
                  Arrays.toString(array.shape()));
            });
  }

  private static void requirePlain(Path file, String name, INDArray array) {
    long step = 1;
    boolean plain = array.dataType() == DataType.FLOAT;
    for (int axis = array.rank() - 1; axis >= 0; axis--) {
      plain &= array.size(axis) == 1 || array.stride(axis) == step;
      step *= array.size(axis);
    }
    if (!plain) {
      throw new IllegalArgumentException(
          "tensor '%s' of %s is no contiguous row-major float32 array".formatted(name, file));
    }
  }

  private static void read(FileChannel channel, long from, INDArray array, String what)
      throws IOException {
    long bytes = Float.BYTES * array.length();
    int step = 1 << 30;
    for (long at = 0; at < bytes; at += step) {
      int n = (int) Math.min(step, bytes - at);
      readFully(channel, from + at, memory(array, at, n), what);
    }
  }

  /** Straight into the target: a file cut short meanwhile is an error here, not a crash. */
  private static void readFully(FileChannel channel, long from, ByteBuffer into, String what)
      throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int n = channel.read(into, at);
      Checks.require(n >= 0, "%s ends at byte %d of the file; it is truncated", what, at);
      at += n;
    }
  }

  /** Bytes {@code from .. from + length - 1} of an array, shared with it. */
  private static ByteBuffer memory(INDArray array, long from, int length) {
    return new BytePointer(array.data().addressPointer())
        .position(from)
        .limit(from + length)
        .asByteBuffer();
  }
}
