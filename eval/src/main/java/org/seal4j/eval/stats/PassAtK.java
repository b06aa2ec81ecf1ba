package org.seal4j.eval.stats;

import org.seal4j.data.check.Checks;

/**
 * The unbiased pass@k of Chen et al. 2021, <i>Evaluating Large Language Models Trained on Code</i>:
 * the chance that at least one of k samples is right, from n samples of which c are right.
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * {@code 1 - C(n-c, k) / C(n, k)}, as a product that does not overflow.
   *
   * @param n samples drawn, at least k
   * @param c right ones among them, in [0, n]
   * @param k samples that may be looked at, at least 1
   */
  public static double estimate(int n, int c, int k) {
    Checks.require(
        k >= 1 && k <= n && c >= 0 && c <= n,
        "pass@k needs 1 <= k <= n and 0 <= c <= n but got n = %d, c = %d, k = %d",
        n,
        c,
        k);
    if (n - c < k) {
      return 1;
    }
    double allWrong = 1;
    for (int i = n - c + 1; i <= n; i++) {
      allWrong *= 1 - (double) k / i;
    }
    return 1 - allWrong;
  }
}
