package org.seal4j.scripts.reliability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in a {@link TrippingFileSystems file system}, and when: counts the operations
 * that change something below one folder, and lets one of them fail.
 */
final class Trip {
  /** How the chosen operation goes wrong. */
  enum Fault {
    /** The process is gone before the operation; no later one happens. */
    KILL,
    /** The power fails before the operation: what was not synced is lost in part. */
    POWER,
    /** Half of the bytes are written, then the process is gone. */
    TORN,
    /** The disk is full from here on: writes fail, deletions do not. */
    FULL,
    /** This operation fails once, as after an error of the disk. */
    ONCE
  }

  private static @Nullable Trip current;

  private final Path below;
  private final Fault fault;
  private final long at;
  private final List<String> seen = new ArrayList<>();
  private boolean tripped;

  private Trip(Path below, Fault fault, long at) {
    this.below = below;
    this.fault = fault;
    this.at = at;
  }

  /**
   * Lets an operation below this folder fail.
   *
   * @param at its number, from 1; one that is never reached lets all pass
   */
  static synchronized Trip set(Path below, Fault fault, long at) {
    Trip trip = new Trip(TrippingFileSystems.real(below.toAbsolutePath()), fault, at);
    current = trip;
    return trip;
  }

  /** Whether the power may fail, so that writes must be remembered until they are synced. */
  static synchronized boolean remembersWrites() {
    return current != null && current.fault == Fault.POWER;
  }

  /** All operations pass and are not counted. */
  static synchronized void clear() {
    current = null;
  }

  /** Every operation so far, such as {@code write edits.arrows}. */
  List<String> seen() {
    synchronized (Trip.class) {
      return List.copyOf(seen);
    }
  }

  /** Whether something went wrong. */
  boolean tripped() {
    synchronized (Trip.class) {
      return tripped;
    }
  }

  /** An operation that changes names or lengths is about to happen. */
  static synchronized void before(String operation, Path file) throws IOException {
    Trip trip = of(file);
    if (trip == null || !trip.hits(operation, file)) {
      return;
    }
    if (trip.kills()) {
      throw trip.gone(operation, file);
    }
    if (trip.fault == Fault.ONCE || !operation.equals("delete")) {
      throw new IOException("No space left on device");
    }
  }

  /**
   * A write is about to happen.
   *
   * @return how many of these bytes reach the disk before the process is gone; all of them when
   *     nothing goes wrong
   */
  static synchronized int beforeWrite(Path file, ByteBuffer bytes) throws IOException {
    Trip trip = of(file);
    if (trip == null || !trip.hits("write", file)) {
      return bytes.remaining();
    }
    boolean first = trip.seen.size() == trip.at;
    if (trip.fault == Fault.TORN && first) {
      return bytes.remaining() / 2;
    }
    if (trip.kills()) {
      throw trip.gone("write", file);
    }
    throw new IOException("No space left on device");
  }

  private boolean kills() {
    return fault == Fault.KILL || fault == Fault.TORN || fault == Fault.POWER;
  }

  private Product.Stopped gone(String operation, Path file) throws IOException {
    if (fault == Fault.POWER) {
      PowerLoss.strike(new SplittableRandom(at));
    }
    return new Product.Stopped(operation + " " + file);
  }

  private static @Nullable Trip of(Path file) {
    Trip trip = current;
    return trip != null && file.toAbsolutePath().startsWith(trip.below) ? trip : null;
  }

  /** Counts an operation and says whether it goes wrong. */
  private boolean hits(String operation, Path file) {
    seen.add(operation + " " + below.relativize(file.toAbsolutePath()));
    boolean hit = fault == Fault.ONCE ? seen.size() == at : seen.size() >= at;
    tripped |= hit;
    return hit;
  }
}
