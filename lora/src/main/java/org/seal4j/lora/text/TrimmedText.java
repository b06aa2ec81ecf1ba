package org.seal4j.lora.text;

import java.util.function.Consumer;

/**
 * Hands a text on piece by piece, without the blanks at its beginning and its end: those inside are
 * held back until something follows. A model that was trained on answers behind a blank, as an
 * adapter of {@code seal adapt} is, writes one first.
 */
public final class TrimmedText implements Consumer<String> {
  private final Consumer<String> sink;
  private final StringBuilder held = new StringBuilder();
  private boolean begun;

  /** What is handed on goes to the sink. */
  public TrimmedText(Consumer<String> sink) {
    this.sink = sink;
  }

  @Override
  public void accept(String piece) {
    held.append(piece);
    String text = begun ? held.toString() : held.toString().stripLeading();
    String sure = text.stripTrailing();
    held.setLength(0);
    held.append(text, sure.length(), text.length());
    if (!sure.isEmpty()) {
      begun = true;
      sink.accept(sure);
    }
  }
}
