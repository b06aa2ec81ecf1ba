package org.seal4j.scripts.run;

import java.util.Locale;

/** What a person asked the tensors to run on. */
public enum BackendChoice {
  /** The processor. */
  CPU,
  /** A CUDA device; nothing else will do. */
  CUDA,
  /** A CUDA device where the build and the machine have one, else the processor. */
  AUTO;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
