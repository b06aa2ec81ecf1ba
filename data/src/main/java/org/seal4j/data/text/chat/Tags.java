package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags. White space goes as Jinja does with {@code trim_blocks} and
 * {@code lstrip_blocks}: the line feed after a statement, blanks before a statement that starts its
 * line, all white space at a side with {@code -}.
 */
final class Tags {
  private final TemplatePlace place;
  private final String template;
  private final List<Tag> tags = new ArrayList<>();

  /** What a stretch of a template is. */
  enum Kind {
    TEXT,
    OUTPUT,
    STATEMENT
  }

  /**
   * A stretch of a template.
   *
   * @param text what is written, of a text
   * @param position where it starts
   * @param from where the words of a tag start
   * @param to where they end
   */
  record Tag(Kind kind, String text, int position, int from, int to) {
    Lexer words(TemplatePlace place) {
      return new Lexer(place, from, to);
    }
  }

  private Tags(TemplatePlace place) {
    this.place = place;
    template =
        place.template().endsWith("\n")
            ? place.template().substring(0, place.template().length() - 1)
            : place.template();
  }

  static List<Tag> read(TemplatePlace place) {
    Tags reader = new Tags(place);
    reader.read();
    return reader.tags;
  }

  private void read() {
    int at = 0;
    while (at < template.length()) {
      int open = next(at);
      if (open < 0) {
        text(at, template.length());
        return;
      }
      char kind = template.charAt(open + 1);
      char sign = open + 2 < template.length() ? template.charAt(open + 2) : ' ';
      boolean signed = sign == '-' || sign == '+';
      text(at, start(at, open, kind, sign));
      int from = open + (signed ? 3 : 2);
      int close = end(open, from, kind);
      char last = template.charAt(close - 1);
      boolean signedEnd = close > from && (last == '-' || last == '+');
      if (kind != '#') {
        Kind tag = kind == '{' ? Kind.OUTPUT : Kind.STATEMENT;
        tags.add(new Tag(tag, "", open, from, signedEnd ? close - 1 : close));
      }
      at = after(close + 2, kind, signedEnd ? last : ' ');
    }
  }

  private int next(int from) {
    for (int i = from; i + 1 < template.length(); i++) {
      if (template.charAt(i) == '{' && "{%#".indexOf(template.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private void text(int from, int to) {
    if (to > from) {
      tags.add(new Tag(Kind.TEXT, template.substring(from, to), from, from, to));
    }
  }

  /** Where the text before a tag ends. */
  private int start(int from, int open, char kind, char sign) {
    int end = open;
    if (sign == '-') {
      while (end > from && Character.isWhitespace(template.charAt(end - 1))) {
        end--;
      }
    } else if (kind != '{' && sign != '+') {
      while (end > from && " \t".indexOf(template.charAt(end - 1)) >= 0) {
        end--;
      }
      boolean startsLine = end == 0 || template.charAt(end - 1) == '\n';
      return startsLine ? end : open;
    }
    return end;
  }

  /** Where a tag is closed; texts inside it may hold what looks like its end. */
  private int end(int open, int from, char kind) {
    String close = (kind == '{' ? '}' : kind) + "}";
    char quote = 0;
    int depth = 0;
    for (int i = from; i < template.length(); i++) {
      char c = template.charAt(i);
      if (quote == 0 && depth == 0 && template.startsWith(close, i)) {
        return i;
      }
      if (kind == '#') {
        continue;
      }
      if (quote != 0 && c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if ("{[(".indexOf(c) >= 0) {
        depth++;
      } else if ("}])".indexOf(c) >= 0) {
        depth--;
      }
    }
    throw place.refuse(open, "this tag is not closed by '" + close + "'");
  }

  /** Where the text after a tag starts. */
  private int after(int from, char kind, char sign) {
    int at = from;
    if (sign == '-') {
      while (at < template.length() && Character.isWhitespace(template.charAt(at))) {
        at++;
      }
    } else if (kind != '{' && sign != '+' && template.startsWith("\n", at)) {
      at++;
    }
    return at;
  }
}
