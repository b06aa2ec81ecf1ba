package org.seal4j.data.gguf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.seal4j.data.file.AtomicFile;

/** A GGUF file that is being made, version 3: keys and tensors in the order in which they came. */
public final class GgufWriter {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;

  private final Map<String, Body> settings = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /** A tensor and who makes its blocks when the file is written. */
  private record Tensor(List<Long> shape, GgufType type, Supplier<ByteBuffer> blocks) {
    long bytes() {
      long values = shape.stream().reduce(1L, (a, b) -> a * b);
      return values / type.blockValues() * type.blockBytes();
    }
  }

  /** Writes the value of a setting. */
  @FunctionalInterface
  private interface Body {
    void writeTo(LittleEndian out) throws IOException;
  }

  /** Numbers and texts as the format spells them. */
  private static final class LittleEndian {
    private final OutputStream out;
    private final ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    LittleEndian(OutputStream out) {
      this.out = out;
    }

    void bytes(byte[] bytes, int length) throws IOException {
      out.write(bytes, 0, length);
      written += length;
    }

    void i32(int value) throws IOException {
      bytes(number.putInt(0, value).array(), Integer.BYTES);
    }

    void i64(long value) throws IOException {
      bytes(number.putLong(0, value).array(), Long.BYTES);
    }

    void f32(float value) throws IOException {
      i32(Float.floatToRawIntBits(value));
    }

    void text(String value) throws IOException {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      i64(bytes.length);
      bytes(bytes, bytes.length);
    }

    void pad() throws IOException {
      bytes(new byte[ALIGNMENT], (int) (-written & ALIGNMENT - 1));
    }
  }

  /** A size or an id. */
  public void number(String key, int value) {
    settings.put(key, scalar(ValueType.UINT32, out -> out.i32(value)));
  }

  /** A real number. */
  public void number(String key, float value) {
    settings.put(key, scalar(ValueType.FLOAT32, out -> out.f32(value)));
  }

  /** True or false. */
  public void flag(String key, boolean value) {
    settings.put(
        key, scalar(ValueType.BOOL, out -> out.bytes(new byte[] {(byte) (value ? 1 : 0)}, 1)));
  }

  /** A text. */
  public void text(String key, String value) {
    settings.put(key, scalar(ValueType.STRING, out -> out.text(value)));
  }

  /** A list of texts. */
  public void texts(String key, List<String> values) {
    settings.put(key, list(ValueType.STRING, values, LittleEndian::text));
  }

  /** A list of integers. */
  public void integers(String key, List<Integer> values) {
    settings.put(key, list(ValueType.INT32, values, LittleEndian::i32));
  }

  /** A list of real numbers. */
  public void floats(String key, List<Float> values) {
    settings.put(key, list(ValueType.FLOAT32, values, LittleEndian::f32));
  }

  private static Body scalar(ValueType type, Body value) {
    return out -> {
      out.i32(type.number());
      value.writeTo(out);
    };
  }

  /** Writes one element of a list. */
  @FunctionalInterface
  private interface Element<T> {
    void writeTo(LittleEndian out, T value) throws IOException;
  }

  private static <T> Body list(ValueType type, List<T> values, Element<T> element) {
    return out -> {
      out.i32(ValueType.ARRAY.number());
      out.i32(type.number());
      out.i64(values.size());
      for (T value : values) {
        element.writeTo(out, value);
      }
    };
  }

  /**
   * Adds a tensor.
   *
   * @param shape row-major, the longest stride first, as ours
   * @param blocks makes its blocks, little-endian, when the file is written
   */
  public void tensor(String name, long[] shape, GgufType type, Supplier<ByteBuffer> blocks) {
    tensors.put(name, new Tensor(LongStream.of(shape).boxed().toList(), type, blocks));
  }

  /** Writes all of it in one step. */
  public void write(Path file) {
    AtomicFile.write(file, stream -> write(new LittleEndian(stream)));
  }

  private void write(LittleEndian out) throws IOException {
    out.i32(GgufHeader.MAGIC);
    out.i32(VERSION);
    out.i64(tensors.size());
    out.i64(settings.size());
    for (Map.Entry<String, Body> setting : settings.entrySet()) {
      out.text(setting.getKey());
      setting.getValue().writeTo(out);
    }
    long at = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      out.text(entry.getKey());
      out.i32(tensor.shape().size());
      for (int i = tensor.shape().size() - 1; i >= 0; i--) {
        out.i64(tensor.shape().get(i));
      }
      out.i32(tensor.type().number());
      out.i64(at);
      at += (tensor.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    out.pad();
    byte[] piece = new byte[1 << 16];
    for (Tensor tensor : tensors.values()) {
      for (ByteBuffer rest = tensor.blocks().get(); rest.hasRemaining(); ) {
        int n = Math.min(piece.length, rest.remaining());
        rest.get(piece, 0, n);
        out.bytes(piece, n);
      }
      out.pad();
    }
  }
}
