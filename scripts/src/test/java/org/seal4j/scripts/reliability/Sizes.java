package org.seal4j.scripts.reliability;

/** How many trials of each kind: few by default, as many as asked for by a system property. */
final class Sizes {
  private Sizes() {}

  /** {@code -Dseal.chaos.<what>=N}, or this many. */
  static int of(String what, int usual) {
    int size = Integer.getInteger("seal.chaos." + what, usual);
    System.out.println(size + " trials; -Dseal.chaos." + what + "=N for another number");
    return size;
  }
}
