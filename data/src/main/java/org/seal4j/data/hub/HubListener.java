package org.seal4j.data.hub;

import java.nio.file.Path;

/** Hears what is fetched and how far it is. Calls come one at a time, from several threads. */
public interface HubListener {
  /**
   * What is ahead.
   *
   * @param name what is fetched
   * @param commit that the revision means
   * @param files how many files are needed
   * @param missing how many of them are to be fetched
   * @param bytes of those
   * @param there bytes of those that are there already, from a fetch that was interrupted
   */
  record Ahead(HubName name, String commit, int files, int missing, long bytes, long there) {}

  /**
   * Fetching begins.
   *
   * @param cache that it goes into
   */
  default void begin(Ahead ahead, Path cache) {}

  /**
   * A part has come.
   *
   * @param bytes of all files so far
   * @param file that it is of
   */
  default void step(long bytes, String file) {}

  /** Everything is there. */
  default void end() {}

  /** Hears nothing. */
  static HubListener silent() {
    return new HubListener() {};
  }
}
