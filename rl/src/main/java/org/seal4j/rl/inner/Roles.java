package org.seal4j.rl.inner;

/**
 * The two roles of a model in the loop: the one that writes self-edits and learns from rounds, and
 * the one that is adapted by them. They are one model in SEAL.
 *
 * @param policy writes self-edits; rounds change it
 * @param adapted is trained by them and examined
 */
public record Roles(SharedModel policy, SharedModel adapted) implements AutoCloseable {
  /** One model in both roles: whatever rounds change is adapted from then on. */
  public static Roles ofOne(SharedModel model) {
    return new Roles(model, model);
  }

  /** The model as it is now, kept apart from what rounds will make of it; it needs memory twice. */
  public static Roles apart(SharedModel model) {
    return new Roles(model, new SharedModel(model.weights().copy(), model.workers()));
  }

  /** Whether the policy itself is adapted. */
  public boolean areOne() {
    return policy.weights() == adapted.weights();
  }

  /** Frees the copy, where there is one; the policy stays the caller's. */
  @Override
  public void close() {
    if (!areOne()) {
      adapted.weights().close();
    }
  }
}
