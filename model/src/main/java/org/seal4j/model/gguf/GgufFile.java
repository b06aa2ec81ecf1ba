package org.seal4j.model.gguf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.file.AtomicFile;

/**
 * A GGUF file, version 3, with float32 tensors alone: what llama.cpp reads. Written from the
 * format's description in the ggml project's documents.
 */
final class GgufFile {
  private static final int VERSION = 3;
  private static final int ALIGNMENT = 32;
  private static final int UINT32 = 4;
  private static final int INT32 = 5;
  private static final int FLOAT32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int TENSOR_F32 = 0;

  private final Map<String, Body> settings = new LinkedHashMap<>();
  private final Map<String, ByteBuffer> tensors = new LinkedHashMap<>();
  private final Map<String, long[]> shapes = new LinkedHashMap<>();

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

  void number(String key, int value) {
    settings.put(key, scalar(UINT32, out -> out.i32(value)));
  }

  void number(String key, float value) {
    settings.put(key, scalar(FLOAT32, out -> out.f32(value)));
  }

  void flag(String key, boolean value) {
    settings.put(key, scalar(BOOL, out -> out.bytes(new byte[] {(byte) (value ? 1 : 0)}, 1)));
  }

  void text(String key, String value) {
    settings.put(key, scalar(STRING, out -> out.text(value)));
  }

  void texts(String key, List<String> values) {
    settings.put(key, list(STRING, values, LittleEndian::text));
  }

  void integers(String key, List<Integer> values) {
    settings.put(key, list(INT32, values, LittleEndian::i32));
  }

  void floats(String key, List<Float> values) {
    settings.put(key, list(FLOAT32, values, LittleEndian::f32));
  }

  private static Body scalar(int type, Body value) {
    return out -> {
      out.i32(type);
      value.writeTo(out);
    };
  }

  /** Writes one element of a list. */
  @FunctionalInterface
  private interface Element<T> {
    void writeTo(LittleEndian out, T value) throws IOException;
  }

  private static <T> Body list(int type, List<T> values, Element<T> element) {
    return out -> {
      out.i32(ARRAY);
      out.i32(type);
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
   * @param bytes its float32 numbers, little-endian; read when the file is written
   */
  void tensor(String name, long[] shape, ByteBuffer bytes) {
    shapes.put(name, shape);
    tensors.put(name, bytes);
  }

  void write(Path file) {
    AtomicFile.write(file, stream -> write(new LittleEndian(stream)));
  }

  private void write(LittleEndian out) throws IOException {
    out.bytes("GGUF".getBytes(StandardCharsets.US_ASCII), 4);
    out.i32(VERSION);
    out.i64(tensors.size());
    out.i64(settings.size());
    for (Map.Entry<String, Body> setting : settings.entrySet()) {
      out.text(setting.getKey());
      setting.getValue().writeTo(out);
    }
    long at = 0;
    for (Map.Entry<String, ByteBuffer> tensor : tensors.entrySet()) {
      long[] shape = shapes.getOrDefault(tensor.getKey(), new long[0]);
      out.text(tensor.getKey());
      out.i32(shape.length);
      for (int i = shape.length - 1; i >= 0; i--) {
        out.i64(shape[i]);
      }
      out.i32(TENSOR_F32);
      out.i64(at);
      long size = tensor.getValue().remaining();
      at += (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    out.pad();
    for (ByteBuffer tensor : tensors.values()) {
      byte[] piece = new byte[1 << 16];
      for (ByteBuffer rest = tensor.duplicate(); rest.hasRemaining(); ) {
        int n = Math.min(piece.length, rest.remaining());
        rest.get(piece, 0, n);
        out.bytes(piece, n);
      }
      out.pad();
    }
  }
}
