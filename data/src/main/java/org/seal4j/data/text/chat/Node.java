package org.seal4j.data.text.chat;

import java.util.List;

/** A part of a template. */
@FunctionalInterface
interface Node {
  /** How it goes on after a part. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  /** Writes this part. */
  Flow render(Scope scope, StringBuilder out);

  /** One part after the other, up to one that breaks off. */
  static Node all(List<Node> parts) {
    List<Node> all = List.copyOf(parts);
    return (scope, out) -> {
      for (Node part : all) {
        Flow flow = part.render(scope, out);
        if (flow != Flow.NEXT) {
          return flow;
        }
      }
      return Flow.NEXT;
    };
  }

  /** What this part writes, as a value. */
  default String text(Scope scope) {
    StringBuilder text = new StringBuilder();
    render(scope, text);
    return text.toString();
  }
}
