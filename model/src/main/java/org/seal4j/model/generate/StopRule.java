package org.seal4j.model.generate;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.seal4j.data.check.Checks;

/**
 * When an answer ends. The token that ends it is its last one.
 *
 * @param maxNewTokens longest answer, >= 1; memory for so many tokens is set aside
 * @param tokens ids that end an answer
 * @param custom any other end
 */
public record StopRule(int maxNewTokens, Set<Integer> tokens, Condition custom) {

  /** A condition on the answer so far. */
  @FunctionalInterface
  public interface Condition {
    /** Whether the answer ends here; {@code tokens} is a copy, never empty. */
    boolean ends(int[] tokens);
  }

  public StopRule {
    Checks.require(maxNewTokens >= 1, "stop.maxNewTokens must be >= 1 but was %d", maxNewTokens);
    tokens = Collections.unmodifiableSet(new TreeSet<>(tokens));
  }

  /** Ends after this many tokens. */
  public static StopRule after(int maxNewTokens) {
    return new StopRule(maxNewTokens, Set.of(), NEVER);
  }

  /** Ends also with one of these tokens. */
  public StopRule orAt(int... ids) {
    Set<Integer> all = new TreeSet<>(tokens);
    Arrays.stream(ids).forEach(all::add);
    return new StopRule(maxNewTokens, all, custom);
  }

  /** Ends also where the condition holds. */
  public StopRule orWhen(Condition condition) {
    Condition first = custom;
    return new StopRule(
        maxNewTokens, tokens, answer -> first.ends(answer) || condition.ends(answer));
  }

  static final Condition NEVER = answer -> false;
}
