package org.seal4j.data.text.chat;

import java.util.Locale;

/** What goes wrong while a template is written; the tag it happens in adds its place. */
final class TemplateFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateFault(String format, Object... values) {
    super(String.format(Locale.ROOT, format, values), null, false, false);
  }
}
