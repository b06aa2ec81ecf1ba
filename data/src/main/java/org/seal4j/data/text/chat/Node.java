package org.seal4j.data.text.chat;

import java.util.List;

/** A part of a template. */
@FunctionalInterface
interface Node {
  /** Writes this part. */
  void render(Scope scope, StringBuilder out);

  /** One part after the other. */
  static Node all(List<Node> parts) {
    return (scope, out) -> parts.forEach(part -> part.render(scope, out));
  }
}
