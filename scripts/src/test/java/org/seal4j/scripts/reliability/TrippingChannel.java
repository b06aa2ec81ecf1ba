package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An open file whose writes, cuts and syncs are told to {@link Trip} first. */
final class TrippingChannel extends FileChannel {
  private static final Set<TrippingChannel> OPEN = ConcurrentHashMap.newKeySet();

  private final FileChannel real;
  private final Path file;

  TrippingChannel(FileChannel real, Path file) {
    this.real = real;
    this.file = file;
    OPEN.add(this);
  }

  /** As the system does when a process is gone: open files are closed, locks are free. */
  static void closeAll() {
    for (TrippingChannel channel : OPEN) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return write(bytes, real.position(), part -> real.write(part));
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return write(bytes, position, part -> real.write(part, position));
  }

  @Override
  public long write(ByteBuffer[] all, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(all[i]);
    }
    return written;
  }

  /** Where bytes go. */
  private interface Target {
    int take(ByteBuffer bytes) throws IOException;
  }

  private int write(ByteBuffer bytes, long position, Target target) throws IOException {
    int all = bytes.remaining();
    int reach = Trip.beforeWrite(file, bytes);
    if (Trip.remembersWrites()) {
      PowerLoss.writes(file, real, position, all);
    }
    if (reach == all) {
      return target.take(bytes);
    }
    ByteBuffer part = bytes.duplicate();
    part.limit(part.position() + reach);
    target.take(part);
    throw new Product.Stopped("half a write of " + file);
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    Trip.before("truncate", file);
    real.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    Trip.before("sync", file);
    real.force(metadata);
    PowerLoss.forget(file);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    Trip.before("transfer", file);
    return real.transferFrom(source, position, count);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return real.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return real.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return real.read(targets, offset, length);
  }

  @Override
  public long position() throws IOException {
    return real.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    real.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return real.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return real.transferTo(position, count, target);
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return real.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return real.lock(position, size, shared);
  }

  @Override
  public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return real.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    OPEN.remove(this);
    PowerLoss.forget(file);
    real.close();
  }
}
