package org.seal4j.rl;

/** Hears how far a long computation is. Nothing computed may depend on it. */
public interface Progress {
  /** A part begins; {@code total} steps are ahead. */
  void start(String what, long total);

  /**
   * {@code done} steps of the current part were finished by an earlier run: they are done, but say
   * nothing about the speed of this one.
   */
  default void resume(long done, String note) {
    step(done, note);
  }

  /** {@code done} steps of the current part are finished. */
  void step(long done, String note);

  /** The current part is over. */
  void end();

  /** Hears nothing. */
  static Progress silent() {
    return new Progress() {
      @Override
      public void start(String what, long total) {}

      @Override
      public void step(long done, String note) {}

      @Override
      public void end() {}
    };
  }
}
