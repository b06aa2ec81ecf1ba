package org.seal4j.lora.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.seal4j.data.text.Tokenizer;

/**
 * Turns tokens into text one by one, as they are chosen, and ends at a stop text. A character goes
 * out when its last byte is there, and a piece that may be the beginning of a stop text is held
 * back until it is sure that it is not.
 */
public final class TextStream {
  /** What a decoder writes for bytes that are no character yet. */
  private static final String UNFINISHED = "\uFFFD";

  /** Tokens of the prompt that are decoded again, so that blanks between words come out right. */
  private static final int TAIL = 8;

  private final Tokenizer tokenizer;
  private final List<String> stops;
  private final Consumer<String> sink;
  private final StringBuilder text = new StringBuilder();
  private int[] ids;
  private int count;
  private int from;
  private int read;
  private int sent;
  private boolean stopped;

  /**
   * @param stops texts that end the answer and do not belong to it, none empty
   * @param sink gets each piece of text once
   */
  public TextStream(Tokenizer tokenizer, int[] prompt, List<String> stops, Consumer<String> sink) {
    this.tokenizer = tokenizer;
    this.stops = stops;
    this.sink = sink;
    this.ids = Arrays.copyOf(prompt, prompt.length + 64);
    this.count = prompt.length;
    this.from = Math.max(0, count - TAIL);
    this.read = count;
  }

  /** Takes the next token; true when the text has met a stop. */
  public boolean accept(int token) {
    if (count == ids.length) {
      ids = Arrays.copyOf(ids, 2 * count);
    }
    ids[count++] = token;
    String known = decode(from, read);
    String now = decode(from, count);
    if (now.length() > known.length() && !now.endsWith(UNFINISHED)) {
      add(now.substring(known.length()));
      from = read;
      read = count;
    }
    return stopped;
  }

  private String decode(int begin, int end) {
    return tokenizer.decode(Arrays.copyOfRange(ids, begin, end));
  }

  private void add(String piece) {
    int longest = stops.stream().mapToInt(String::length).max().orElse(0);
    int search = Math.max(0, text.length() - longest);
    text.append(piece);
    int cut = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop, search);
      cut = at >= 0 && (cut < 0 || at < cut) ? at : cut;
    }
    if (cut >= 0) {
      text.setLength(cut);
      stopped = true;
    }
    send(stopped ? text.length() : text.length() - held());
  }

  /** Characters at the end that a stop text begins with. */
  private int held() {
    int held = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, text.length()); n > held; n--) {
        if (text.indexOf(stop.substring(0, n), text.length() - n) == text.length() - n) {
          held = n;
        }
      }
    }
    return held;
  }

  private void send(int end) {
    if (end > sent) {
      sink.accept(text.substring(sent, end));
      sent = end;
    }
  }

  /** Sends what was held back; the answer is over. */
  public void end() {
    if (!stopped) {
      String now = decode(from, count);
      String known = decode(from, read);
      if (now.length() > known.length()) {
        text.append(now.substring(known.length()));
        read = count;
        from = count;
      }
    }
    send(text.length());
  }

  /** The answer so far, without a stop text. */
  public String text() {
    return text.toString();
  }
}
