package org.seal4j.data.text.chat;

/** A part of a template that has a value, see {@link Values}. */
@FunctionalInterface
interface Expression {
  /** The value where these names are known. */
  Object value(Scope scope);
}
