package org.seal4j.model.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FilePart;
import org.seal4j.data.gguf.GgufTensor;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.model.plan.Tensors;

/**
 * One open GGUF file whose tensors become float32, in pieces: beside the arrays it takes half a
 * megabyte, whatever the size of the model.
 */
final class TensorSource implements AutoCloseable {
  /** Values at a time, a multiple of every block: what the caches hold. */
  private static final int PIECE = 1 << 16;

  private static final int LONGEST_READ = 1 << 30;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer stored =
      ByteBuffer.allocateDirect(Float.BYTES * PIECE).order(ByteOrder.LITTLE_ENDIAN);
  private final float[] values = new float[PIECE];

  private TensorSource(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static TensorSource open(Path file) {
    try {
      return new TensorSource(file, FileChannel.open(file, StandardOpenOption.READ));
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** All values of a small tensor. */
  static float[] values(Path file, GgufTensor tensor) {
    try (TensorSource source = open(file)) {
      int count = Math.toIntExact(tensor.length());
      Checks.require(count <= PIECE, "%s: the tensor %s has %d values", file, tensor.name(), count);
      source.decode(tensor, 0, count);
      return Arrays.copyOf(source.values, count);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Fills an array of as many values as the tensor has. */
  void read(GgufTensor tensor, INDArray target) {
    try {
      if (tensor.type() == GgufType.F32) {
        copy(tensor, target);
        return;
      }
      long count = tensor.length();
      for (long at = 0; at < count; at += PIECE) {
        int n = (int) Math.min(PIECE, count - at);
        decode(tensor, at, n);
        Tensors.bytes(target, Float.BYTES * at, Float.BYTES * n).asFloatBuffer().put(values, 0, n);
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void copy(GgufTensor tensor, INDArray target) throws IOException {
    for (long at = 0; at < tensor.bytes(); at += LONGEST_READ) {
      int n = (int) Math.min(LONGEST_READ, tensor.bytes() - at);
      FilePart.read(channel, tensor.begin() + at, Tensors.bytes(target, at, n), what(tensor));
    }
  }

  /** Values from one that begins a block on. */
  private void decode(GgufTensor tensor, long from, int count) throws IOException {
    GgufType type = tensor.type();
    int blocks = count / type.blockValues();
    stored.clear().limit(blocks * type.blockBytes());
    long place = tensor.begin() + from / type.blockValues() * type.blockBytes();
    FilePart.read(channel, place, stored, what(tensor));
    BlockDecoder.of(type).decode(stored.flip(), values, blocks);
  }

  private String what(GgufTensor tensor) {
    return file + ": tensor " + tensor.name();
  }

  private static RuntimeException failed(Path file, IOException e) {
    return Checks.refuse("cannot read %s: %s", file, AtomicFile.reason(e));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }
}
