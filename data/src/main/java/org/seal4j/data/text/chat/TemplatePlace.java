package org.seal4j.data.text.chat;

import org.seal4j.data.check.InputException;

/**
 * A template and where it is from.
 *
 * @param template the whole template
 * @param source file and field
 */
record TemplatePlace(String template, String source) {
  /** A refusal at this position, which is said as line and column. */
  InputException refuse(int position, String problem) {
    String before = template.substring(0, position);
    long line = before.chars().filter(c -> c == '\n').count() + 1;
    int column = position - before.lastIndexOf('\n');
    return new InputException(
        "%s, line %d, column %d: %s".formatted(source, line, column, problem));
  }
}
