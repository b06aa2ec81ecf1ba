package org.seal4j.model.graph;

/**
 * Builds the names of graph variables: {@code layers.3.attn.q_proj}. Names are an API: recipes,
 * tests and {@code seal describe} refer to them.
 *
 * @param path the prefix, empty at the root
 */
public record Scope(String path) {

  /** A variable's name in this scope. */
  public String name(String leaf) {
    return path.isEmpty() ? leaf : path + "." + leaf;
  }
}
