package org.seal4j.data.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferManager;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Memory for reading that gives everything back, also what a reader of Arrow still holds when it
 * fails on a damaged file: nobody else can release that.
 */
final class ReadingMemory extends RootAllocator {
  private final List<ArrowBuf> lent = new ArrayList<>();

  ReadingMemory(long limit) {
    super(limit);
  }

  @Override
  public ArrowBuf buffer(long size, @Nullable BufferManager manager) {
    ArrowBuf buffer = super.buffer(size, manager);
    lent.add(buffer);
    return buffer;
  }

  @Override
  public synchronized void close() {
    for (ArrowBuf buffer : lent) {
      ReferenceManager references = buffer.getReferenceManager();
      if (references != ReferenceManager.NO_OP && references.getRefCount() > 0) {
        references.release(references.getRefCount());
      }
    }
    lent.clear();
    super.close();
  }
}
