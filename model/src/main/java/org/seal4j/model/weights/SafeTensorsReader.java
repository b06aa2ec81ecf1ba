package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FilePart;
import org.seal4j.data.file.Proof;
import org.seal4j.data.file.RegularFile;
import org.seal4j.model.kernel.HalfFloats;
import org.seal4j.model.plan.Tensors;

/**
 * One open safetensors file of any size. Its header is checked in full when it is opened; a tensor
 * is read when it is asked for, straight into the memory of its array, half floats in pieces.
 *
 * <p>The file is read at positions and not mapped: a mapped file that is cut short by somebody else
 * ends the whole process (SIGBUS), while here it is a refusal; nothing is copied twice either way.
 */
public final class SafeTensorsReader implements AutoCloseable {
  private static final int LENGTH_BYTES = 8;

  /**
   * A fifth of the limit of the reference implementation, some twenty times what the largest models
   * have: a header becomes objects of several times its size.
   */
  private static final long MAX_HEADER = 20_000_000;

  /** Half floats converted at a time: what the caches hold. */
  private static final int PIECE = 1 << 16;

  private static final int LONGEST_READ = 1 << 30;

  private final Path file;
  private final FileChannel channel;
  private final SafeTensorsHeader header;
  private final long dataStart;

  private SafeTensorsReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long size = channel.size();
    Checks.require(
        size >= LENGTH_BYTES,
        "%s has %d bytes; a safetensors file starts with 8 bytes of header length",
        file,
        size);
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FilePart.read(channel, 0, length, file.toString());
    long bytes = length.getLong(0);
    Checks.require(
        bytes >= 2 && bytes <= size - LENGTH_BYTES,
        "%s: a header of %s bytes does not fit the file of %d; it is truncated or no safetensors"
            + " file",
        file,
        Long.toUnsignedString(bytes),
        size);
    Checks.require(
        bytes <= MAX_HEADER,
        "%s: its header has %d bytes but at most %d are read; split the file into parts",
        file,
        bytes,
        MAX_HEADER);
    ByteBuffer text = ByteBuffer.allocate((int) bytes);
    FilePart.read(channel, LENGTH_BYTES, text, file.toString());
    this.dataStart = LENGTH_BYTES + bytes;
    this.header =
        SafeTensorsHeader.parse(
            SafeTensorsHeader.text(text.array(), file.toString()),
            file.toString(),
            size - dataStart);
  }

  private void checkProof() throws IOException {
    if (header.metadata().containsKey(SafeTensors.PROOF)) {
      ByteBuffer head = ByteBuffer.allocate((int) dataStart);
      FilePart.read(channel, 0, head, file.toString());
      Proof.check(file, head.array());
    }
  }

  /**
   * Opens a file and checks its header, and all its bytes where it carries a {@link Proof}.
   *
   * @throws InputException where the file is missing, its header does not describe it, or it is not
   *     what it was written as
   */
  public static SafeTensorsReader open(Path file) {
    SafeTensorsReader reader = openHeader(file);
    try {
      reader.checkProof();
      return reader;
    } catch (IOException e) {
      reader.close();
      throw failed(file, e);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Opens a file and checks its header alone: for those who read no tensor. */
  static SafeTensorsReader openHeader(Path file) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(RegularFile.require(file), StandardOpenOption.READ);
      SafeTensorsReader reader = new SafeTensorsReader(file, channel);
      channel = null;
      return reader;
    } catch (IOException e) {
      throw failed(file, e);
    } finally {
      if (channel != null) {
        closeQuietly(channel);
      }
    }
  }

  /** Shape of every tensor by name, in the order of the file. */
  public Map<String, long[]> shapes() {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    header.tensors().forEach((name, entry) -> shapes.put(name, entry.shape().clone()));
    return shapes;
  }

  /** Free text by name, without the proof. */
  public Map<String, String> metadata() {
    Map<String, String> notes = new LinkedHashMap<>(header.metadata());
    notes.remove(SafeTensors.PROOF);
    return notes;
  }

  /** Refuses a file that carries no {@link Proof}. */
  public void requireProof() {
    if (!header.metadata().containsKey(SafeTensors.PROOF)) {
      throw Proof.missing(file);
    }
  }

  /**
   * Fills an array of the tensor's shape; F16 and BF16 become float32 exactly.
   *
   * @param target contiguous row-major float32 array
   * @throws InputException where there is no such tensor, or it is of another shape or type
   */
  public void read(String name, INDArray target) {
    requireReadable(name, target.shape());
    SafeTensors.requirePlain(file, name, target);
    SafeTensorsHeader.Entry entry = entry(name);
    String what = file + ": " + name;
    try {
      if (entry.type() == TensorType.F32) {
        readFloats(entry, target, what);
      } else {
        readHalves(entry, target, what);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Refuses a tensor that could not be read into a float32 array of this shape. */
  public void requireReadable(String name, long[] shape) {
    SafeTensorsHeader.Entry entry = entry(name);
    Checks.require(
        entry.type().readable(),
        "%s: tensor '%s' is of type '%s' but only %s are read; convert it",
        file,
        name,
        entry.type(),
        TensorType.readableNames());
    Checks.require(
        Arrays.equals(entry.shape(), shape),
        "%s: tensor '%s' is %s but %s is expected",
        file,
        name,
        Arrays.toString(entry.shape()),
        Arrays.toString(shape));
  }

  private SafeTensorsHeader.Entry entry(String name) {
    return Checks.present(
        header.tensors().get(name), "%s holds no tensor '%s'; it has %s", file, name, names());
  }

  private String names() {
    return Shown.names(header.tensors().keySet());
  }

  private void readFloats(SafeTensorsHeader.Entry entry, INDArray target, String what)
      throws IOException {
    long bytes = Float.BYTES * target.length();
    for (long at = 0; at < bytes; at += LONGEST_READ) {
      int n = (int) Math.min(LONGEST_READ, bytes - at);
      FilePart.read(channel, dataStart + entry.begin() + at, Tensors.bytes(target, at, n), what);
    }
  }

  private void readHalves(SafeTensorsHeader.Entry entry, INDArray target, String what)
      throws IOException {
    boolean bf16 = entry.type() == TensorType.BF16;
    long count = target.length();
    int most = (int) Math.min(PIECE, count);
    ByteBuffer piece = ByteBuffer.allocateDirect(2 * most).order(ByteOrder.LITTLE_ENDIAN);
    short[] halves = new short[most];
    float[] staged = new float[most];
    for (long at = 0; at < count; at += PIECE) {
      int n = (int) Math.min(PIECE, count - at);
      FilePart.read(channel, dataStart + entry.begin() + 2 * at, piece.clear().limit(2 * n), what);
      piece.flip().asShortBuffer().get(halves, 0, n);
      if (bf16) {
        HalfFloats.fromBf16(halves, staged, n);
      } else {
        HalfFloats.fromF16(halves, staged, n);
      }
      Tensors.bytes(target, Float.BYTES * at, Float.BYTES * n).asFloatBuffer().put(staged, 0, n);
    }
  }

  static InputException failed(Path file, IOException e) {
    return new InputException("cannot read %s: %s".formatted(file, AtomicFile.reason(e)), e);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // the file was only read: there is nothing to lose
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
