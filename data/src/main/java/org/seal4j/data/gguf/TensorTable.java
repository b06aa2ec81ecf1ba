package org.seal4j.data.gguf;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * The list of tensors: names, shapes, types and offsets, checked against the size of the file and
 * against each other.
 *
 * @param count how many the file states, not yet checked
 */
record TensorTable(Path file, GgufCursor in, long count) {
  private static final String ALIGNMENT = "general.alignment";
  private static final int USUAL_ALIGNMENT = 32;
  private static final int LONGEST_NAME = 256;

  /** Real files have some thousands. */
  private static final int MOST = 1 << 17;

  private static final int MOST_DIMENSIONS = 4;
  private static final long LARGEST = 1L << 40;

  /** Bytes of the shortest entry: a name of one character, one dimension, type and offset. */
  private static final int LEAST = 33;

  Map<String, GgufTensor> read(GgufKeys keys) throws IOException {
    int alignment = alignment(keys);
    Checks.require(
        count >= 0 && count <= Math.min(MOST, (in.size() - in.at()) / LEAST),
        "%s: the number of tensors is %s, more than a file of %d bytes can hold or than %d; it is"
            + " truncated or damaged",
        file,
        Long.toUnsignedString(count),
        in.size(),
        MOST);
    Map<String, GgufTensor> relative = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      GgufTensor tensor = entry(i, alignment);
      Checks.require(
          relative.put(tensor.name(), tensor) == null,
          "%s: the tensor %s stands twice",
          file,
          Shown.text(tensor.name()));
    }
    long start = ((long) in.at() + alignment - 1) / alignment * alignment;
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    relative.forEach((name, tensor) -> tensors.put(name, placed(tensor, start)));
    requireApart(tensors.values().stream().toList());
    return tensors;
  }

  private int alignment(GgufKeys keys) {
    if (!keys.has(ALIGNMENT)) {
      return USUAL_ALIGNMENT;
    }
    int alignment = keys.count(ALIGNMENT);
    Checks.require(
        Integer.bitCount(alignment) == 1 && alignment <= 1 << 20,
        "%s: %s is %d; expected a power of two up to %d",
        file,
        ALIGNMENT,
        alignment,
        1 << 20);
    return alignment;
  }

  private GgufTensor entry(int index, int alignment) throws IOException {
    String name = in.text(LONGEST_NAME, "the name of tensor " + index);
    String what = "tensor " + Shown.text(name);
    int rank = in.i32(what);
    Checks.require(
        rank >= 1 && rank <= MOST_DIMENSIONS,
        "%s: %s has %s dimensions; expected 1 to %d",
        file,
        what,
        Integer.toUnsignedString(rank),
        MOST_DIMENSIONS);
    long[] shape = new long[rank];
    for (int d = rank - 1; d >= 0; d--) { // the file begins with the dimension of neighbours
      shape[d] = in.i64(what);
    }
    long values = values(shape, what);
    int number = in.i32(what);
    GgufType type =
        GgufType.of(number)
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s: %s is of type %s, which is not read; read are %s",
                        file, what, GgufType.foreignName(number), GgufType.names()));
    Checks.require(
        shape[rank - 1] % type.blockValues() == 0,
        "%s: %s has rows of %d values but %s stores blocks of %d",
        file,
        what,
        shape[rank - 1],
        type,
        type.blockValues());
    long offset = in.i64(what);
    Checks.require(
        offset >= 0 && offset % alignment == 0,
        "%s: %s begins at offset %s, which is no multiple of the alignment %d",
        file,
        what,
        Long.toUnsignedString(offset),
        alignment);
    return new GgufTensor(
        name, shape, type, offset, values / type.blockValues() * type.blockBytes());
  }

  private long values(long[] shape, String what) {
    long values = 1;
    for (long size : shape) {
      Checks.require(
          size >= 1 && size <= LARGEST && values <= LARGEST / size,
          "%s: %s has the shape %s, which no tensor can have",
          file,
          what,
          Arrays.toString(shape));
      values *= size;
    }
    return values;
  }

  private GgufTensor placed(GgufTensor tensor, long start) {
    long room = in.size() - start;
    Checks.require(
        tensor.begin() <= room && tensor.bytes() <= room - tensor.begin(),
        "%s: tensor %s of %d bytes at offset %d ends behind the file's end (%d bytes); it is"
            + " truncated or damaged",
        file,
        Shown.text(tensor.name()),
        tensor.bytes(),
        tensor.begin(),
        in.size());
    return new GgufTensor(
        tensor.name(), tensor.shape(), tensor.type(), start + tensor.begin(), tensor.bytes());
  }

  private void requireApart(List<GgufTensor> tensors) {
    List<GgufTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparingLong(GgufTensor::begin));
    for (int i = 1; i < sorted.size(); i++) {
      GgufTensor before = sorted.get(i - 1);
      Checks.require(
          before.begin() + before.bytes() <= sorted.get(i).begin(),
          "%s: the tensors %s and %s overlap",
          file,
          Shown.text(before.name()),
          Shown.text(sorted.get(i).name()));
    }
  }
}
