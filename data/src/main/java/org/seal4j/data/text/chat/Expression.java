package org.seal4j.data.text.chat;

/** A part of a template that has a value, see {@link Values}. */
@FunctionalInterface
interface Expression {
  /** The value where these names are known. */
  Object value(Scope scope);

  /** An expression over others, whose depth and work are counted. */
  static Expression counted(Expression expression) {
    return scope -> {
      scope.budget().enter();
      try {
        return expression.value(scope);
      } finally {
        scope.budget().leave();
      }
    };
  }
}
