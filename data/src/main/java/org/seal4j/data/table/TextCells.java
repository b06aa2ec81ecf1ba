package org.seal4j.data.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * The texts of a column, however Arrow stores them. Every offset and length of the file is checked
 * before it is used; one that leads out of its buffer is an {@link IndexOutOfBoundsException}.
 */
interface TextCells {
  /** The text of a row of the batch at hand, from 0; null where there is none. */
  @Nullable String at(int row) throws CharacterCodingException;

  /** The texts of a string, large string or string view vector. */
  static TextCells of(FieldVector vector) {
    if (vector instanceof VarCharVector strings) {
      return row -> strings.isNull(row) ? null : narrow(strings, row);
    }
    if (vector instanceof LargeVarCharVector strings) {
      return row -> strings.isNull(row) ? null : wide(strings, row);
    }
    if (vector instanceof ViewVarCharVector views) {
      return row -> views.isNull(row) ? null : view(views, row);
    }
    throw new IllegalStateException("no vector of texts: " + vector.getField());
  }

  /** The texts that a column of numbers points to; each entry is decoded once. */
  static TextCells of(FieldVector vector, FieldVector entries) throws CharacterCodingException {
    BaseIntVector indexes = (BaseIntVector) vector;
    TextCells cells = of(entries);
    @Nullable String[] texts = new @Nullable String[entries.getValueCount()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = cells.at(i);
    }
    return row -> {
      if (vector.isNull(row)) {
        return null;
      }
      long index = indexes.getValueAsLong(row);
      Checks.require(
          index >= 0 && index < texts.length,
          "points to entry %d of a dictionary of %d",
          index,
          texts.length);
      return texts[(int) index];
    };
  }

  private static String narrow(VarCharVector strings, int row) throws CharacterCodingException {
    ArrowBuf offsets = strings.getOffsetBuffer();
    int start = offsets.getInt(4L * row);
    return text(strings.getDataBuffer(), start, (long) offsets.getInt(4L * row + 4) - start);
  }

  private static String wide(LargeVarCharVector strings, int row) throws CharacterCodingException {
    ArrowBuf offsets = strings.getOffsetBuffer();
    long start = offsets.getLong(8L * row);
    return text(strings.getDataBuffer(), start, offsets.getLong(8L * row + 8) - start);
  }

  /** Sixteen bytes: the length, then the text itself, or a prefix, a buffer and a place in it. */
  private static String view(ViewVarCharVector vector, int row) throws CharacterCodingException {
    ArrowBuf views = vector.getDataBuffer();
    long at = 16L * row;
    int length = views.getInt(at);
    if (length <= 12) {
      return text(views, at + 4, length);
    }
    List<ArrowBuf> buffers = vector.getDataBuffers();
    return text(buffers.get(views.getInt(at + 8)), views.getInt(at + 12), length);
  }

  private static String text(ArrowBuf buffer, long start, long length)
      throws CharacterCodingException {
    if (start < 0 || length < 0 || length > buffer.capacity() - start) {
      throw new IndexOutOfBoundsException(
          "text of %d bytes at byte %d of %d".formatted(length, start, buffer.capacity()));
    }
    byte[] bytes = new byte[(int) length];
    buffer.getBytes(start, bytes);
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
