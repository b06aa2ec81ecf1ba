package org.seal4j.data.text.chat;

import java.util.HashMap;

/** Jinja's {@code namespace}: names that a loop can set and that are still there after it. */
final class Namespace extends HashMap<String, Object> {
  private static final long serialVersionUID = 1;
}
