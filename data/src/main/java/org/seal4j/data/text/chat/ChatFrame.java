package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A conversation as its template writes it, cut into the words of the template and those of the
 * messages.
 *
 * @param pieces in order; joined they are the conversation
 */
record ChatFrame(List<Piece> pieces) {
  /** A character of the private use area, which no template writes. */
  private static final String MARK = "\uE000";

  /** The message of words that the template itself writes. */
  static final int TEMPLATE = -1;

  ChatFrame {
    pieces = List.copyOf(pieces);
  }

  /**
   * A part of a conversation.
   *
   * @param message index of the message that says it, or {@link #TEMPLATE}
   */
  record Piece(String text, int message) {}

  /**
   * Cuts a conversation.
   *
   * @param text as the template writes it
   * @param addGenerationPrompt whether the beginning of the assistant's next turn stands at its end
   * @return empty where the template rewrites messages, other than by stripping them, so that it
   *     cannot be told apart who says what
   */
  static Optional<ChatFrame> of(
      ChatTemplate template, List<ChatMessage> messages, String text, boolean addGenerationPrompt) {
    List<ChatMessage> standIns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      standIns.add(new ChatMessage(messages.get(i).role(), standIn(i)));
    }
    String frame = template.render(standIns, addGenerationPrompt);
    for (UnaryOperator<String> form : List.<UnaryOperator<String>>of(s -> s, String::strip)) {
      List<String> contents =
          messages.stream().map(message -> form.apply(message.content())).toList();
      ChatFrame filled = filled(frame, contents);
      if (filled.text().equals(text)) {
        return Optional.of(filled);
      }
    }
    return Optional.empty();
  }

  /** What stands for the content of a message. */
  static String standIn(int message) {
    return MARK + message + MARK;
  }

  private static ChatFrame filled(String frame, List<String> contents) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int at = frame.indexOf(MARK); at >= 0; at = frame.indexOf(MARK, from)) {
      int close = frame.indexOf(MARK, at + 1);
      if (close < 0) {
        break; // a template that cuts messages
      }
      pieces.add(new Piece(frame.substring(from, at), TEMPLATE));
      int message = Integer.parseInt(frame.substring(at + 1, close));
      pieces.add(new Piece(contents.get(message), message));
      from = close + 1;
    }
    pieces.add(new Piece(frame.substring(from), TEMPLATE));
    return new ChatFrame(pieces);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text()));
    return text.toString();
  }
}
