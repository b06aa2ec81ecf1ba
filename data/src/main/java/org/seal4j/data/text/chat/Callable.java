package org.seal4j.data.text.chat;

/** A value that can be called: a method, a macro, a function. */
@FunctionalInterface
interface Callable {
  Object call(Arguments arguments);
}
