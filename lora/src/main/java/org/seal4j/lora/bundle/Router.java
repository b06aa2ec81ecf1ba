package org.seal4j.lora.bundle;

/**
 * A way to find the passages that a question is about. {@link Bm25Router}, {@link StateRouter} and
 * {@link FusedRouter} are those that a bundle has; another one is given to {@link
 * BundledModel#open(Bundle, org.seal4j.lora.text.TextModel, java.util.function.Function, Gate,
 * int)}.
 *
 * <p>Equal questions must have equal rankings.
 */
@FunctionalInterface
public interface Router extends AutoCloseable {
  /** The passages by how well they fit the question. */
  Ranking rank(String question);

  /** Frees what the router holds; most hold nothing. */
  @Override
  default void close() {}
}
