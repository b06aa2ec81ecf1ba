package org.seal4j.data.table;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.util.MemoryUtil;
import org.jspecify.annotations.Nullable;

/** Off-heap memory for Arrow that the garbage collector frees, if nobody else does. */
final class CollectedMemory extends AllocationManager {
  /** Makes such memory. */
  static final Factory FACTORY =
      new Factory() {
        @Override
        public AllocationManager create(BufferAllocator account, long size) {
          return new CollectedMemory(account, size);
        }

        @Override
        public ArrowBuf empty() {
          return EMPTY;
        }
      };

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(1);
  private static final ArrowBuf EMPTY =
      new ArrowBuf(ReferenceManager.NO_OP, null, 0, MemoryUtil.getByteBufferAddress(NOTHING));

  private final long size;
  private @Nullable ByteBuffer memory;

  private CollectedMemory(BufferAllocator account, long size) {
    super(account);
    this.size = size;
    this.memory = ByteBuffer.allocateDirect(Math.toIntExact(size));
  }

  @Override
  public long getSize() {
    return size;
  }

  @Override
  protected long memoryAddress() {
    if (memory == null) {
      throw new IllegalStateException("this memory was released");
    }
    return MemoryUtil.getByteBufferAddress(memory);
  }

  @Override
  protected void release0() {
    memory = null;
  }
}
