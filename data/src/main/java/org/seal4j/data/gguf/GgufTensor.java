package org.seal4j.data.gguf;

/**
 * Where a tensor stands in its file.
 *
 * @param name as the file spells it
 * @param shape row-major, the longest stride first: {@code [out, in]} of a linear
 * @param type how its numbers are stored
 * @param begin first byte in the file
 * @param bytes how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // data for the caller; identity is never compared
public record GgufTensor(String name, long[] shape, GgufType type, long begin, long bytes) {
  /** Number of values. */
  public long length() {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    return length;
  }
}
