package org.seal4j.data.hub;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.file.AtomicFile;

/**
 * The file that a blob is fetched into, from where it ends on. What it holds already goes through
 * the hash first.
 */
final class PartialBlob implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path path;
  private final RemoteFile file;
  private final FileChannel channel;
  private final LongConsumer listener;
  private BlobHash hash;
  private long length;

  private PartialBlob(Path path, RemoteFile file, FileChannel channel, LongConsumer listener) {
    this.path = path;
    this.file = file;
    this.channel = channel;
    this.listener = listener;
    this.hash = BlobHash.of(file);
  }

  /**
   * Opens it where it ends.
   *
   * @param listener hears how long it is by now
   */
  static PartialBlob open(Path path, RemoteFile file, LongConsumer listener) {
    try {
      FileChannel channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      PartialBlob blob = new PartialBlob(path, file, channel, listener);
      blob.takeWhatIsThere();
      return blob;
    } catch (IOException e) {
      throw unwritten(path, e);
    }
  }

  private void takeWhatIsThere() throws IOException {
    if (channel.size() > file.size()) {
      channel.truncate(0);
    }
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    while (channel.read(chunk) >= 0) {
      chunk.flip();
      hash.update(chunk);
      length += chunk.remaining();
      chunk.clear();
    }
    listener.accept(length);
  }

  long length() {
    return length;
  }

  boolean isWhole() {
    return length == file.size();
  }

  /** Forgets what is there. */
  void restart() {
    try {
      channel.truncate(0);
      channel.position(0);
      hash = BlobHash.of(file);
      length = 0;
      listener.accept(0);
    } catch (IOException e) {
      throw unwritten(path, e);
    }
  }

  /** Takes the rest as a hub sends it. */
  Received.Sink sink() {
    return new Received.Sink() {
      @Override
      public void begin(HttpResponse.ResponseInfo head) {
        if (length > 0 && !continuesAt(head, length)) {
          restart();
        }
      }

      @Override
      public void take(ByteBuffer part) {
        append(part);
      }
    };
  }

  /** Whether an answer is the part from this byte on; a hub may send the whole file instead. */
  private static boolean continuesAt(HttpResponse.ResponseInfo head, long from) {
    String range = head.headers().firstValue("Content-Range").orElse("");
    return head.statusCode() == 206 && range.startsWith("bytes " + from + "-");
  }

  private void append(ByteBuffer part) {
    if (part.remaining() > file.size() - length) {
      restart();
      throw Checks.refuse(
          "the hub sends more than the %d bytes that it says '%s' has; nothing of it is kept",
          file.size(), file.name());
    }
    hash.update(part);
    try {
      while (part.hasRemaining()) {
        length += channel.write(part);
      }
    } catch (IOException e) {
      throw unwritten(path, e);
    }
    listener.accept(length);
  }

  /** Syncs what was written; says what is wrong with it, nothing where it is right. Ends this. */
  String finish() {
    try {
      channel.force(true);
      return hash.problem();
    } catch (IOException e) {
      throw unwritten(path, e);
    }
  }

  private static InputException unwritten(Path path, IOException e) {
    return new InputException(
        "cannot write %s: %s; call again when there is room, it goes on where it stopped"
            .formatted(path, AtomicFile.reason(e)),
        e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unwritten(path, e);
    }
  }
}
