package org.seal4j.scripts.adapt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.scripts.run.RunLock;
import org.seal4j.scripts.tuning.TrainedFolder;

/**
 * Where additions to a bundle work, beside the bundle. One at a time: another one would be learning
 * over a bundle that the first replaces, and the first to end deletes all that lies here.
 */
final class AdditionFolder implements AutoCloseable {
  private final Path folder;
  private final RunLock lock;

  private AdditionFolder(Path folder, RunLock lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Makes it, or finds what a stopped addition left.
   *
   * @throws org.seal4j.data.check.InputException where another process is adding to the bundle
   */
  static AdditionFolder open(Bundle bundle) {
    Path place = bundle.folder().toAbsolutePath().normalize();
    Path folder = place.resolveSibling("." + place.getFileName() + ".adding");
    try {
      Files.createDirectories(folder);
      return new AdditionFolder(folder, RunLock.take(folder));
    } catch (IOException e) {
      throw Checks.refuse("cannot work in %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /** The folder of an addition of this name; it need not be there. */
  Path work(String name) {
    return folder.resolve(name);
  }

  /** Deletes the work, which the bundle has now, and that of others that were never ended. */
  void clear() {
    inside().stream().filter(Files::isDirectory).forEach(TrainedFolder::clear);
  }

  private List<Path> inside() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /** Lets others in; where no work is left, nothing else is. */
  @Override
  public void close() {
    boolean empty = inside().stream().noneMatch(Files::isDirectory);
    lock.close();
    if (empty) {
      try {
        Files.deleteIfExists(folder.resolve(RunLock.FILE_NAME));
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        // Another addition has begun here, and has it now.
      }
    }
  }
}
