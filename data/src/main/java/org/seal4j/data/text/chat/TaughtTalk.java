package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;

/**
 * A conversation as training tokens. It is cut where a taught message begins, and the parts are
 * encoded one by one: a model that answers has read its prompt apart from its answer, too.
 *
 * @param encoder of the conversation
 * @param tokenizer of the same model
 * @param taught by the index of a message
 */
record TaughtTalk(
    ChatEncoder encoder, Tokenizer tokenizer, List<ChatMessage> messages, IntPredicate taught) {

  /** A part of the conversation; a taught one begins with the words of a taught message. */
  private record Part(List<ChatFrame.Piece> pieces, boolean taught) {
    String text() {
      StringBuilder text = new StringBuilder();
      pieces.forEach(piece -> text.append(piece.text()));
      return text.toString();
    }
  }

  /**
   * The tokens.
   *
   * @param frame empty where the template rewrites messages
   * @param text of the conversation
   */
  TaughtTokens tokens(Optional<ChatFrame> frame, String text) {
    List<Part> parts = frame.map(this::parts).orElseGet(() -> byPrompts(text));
    List<int[]> ids = new ArrayList<>();
    boolean[] marks = new boolean[0];
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      int[] encoded = encoded(part, i == parts.size() - 1);
      int from = marks.length;
      marks = Arrays.copyOf(marks, from + encoded.length);
      if (part.taught) {
        Arrays.fill(marks, from, from + own(part, encoded), true);
      }
      ids.add(encoded);
    }
    return new TaughtTokens(ChatEncoder.joined(ids), marks);
  }

  private List<Part> parts(ChatFrame frame) {
    List<Part> parts = new ArrayList<>();
    List<ChatFrame.Piece> current = new ArrayList<>();
    boolean own = false;
    for (ChatFrame.Piece piece : frame.pieces()) {
      if (piece.message() != ChatFrame.TEMPLATE && taught.test(piece.message())) {
        parts.add(new Part(List.copyOf(current), own));
        current.clear();
        own = true;
      }
      current.add(piece);
    }
    parts.add(new Part(List.copyOf(current), own));
    return parts;
  }

  /** Cuts where the prompts of the taught messages end, if the conversation begins with them. */
  private List<Part> byPrompts(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < messages.size(); i++) {
      if (taught.test(i)) {
        String head = encoder.head(messages.subList(0, i));
        requireApart(text.startsWith(head) && head.length() > from);
        parts.add(templated(text.substring(from, head.length()), from > 0));
        from = head.length();
      }
    }
    requireApart(messages.stream().allMatch(message -> encoder.isOrdinary(message.content())));
    parts.add(templated(text.substring(from), from > 0));
    return parts;
  }

  private static Part templated(String text, boolean taught) {
    return new Part(List.of(new ChatFrame.Piece(text, ChatFrame.TEMPLATE)), taught);
  }

  private static void requireApart(boolean apart) {
    Checks.require(
        apart,
        "the chat template rewrites the messages, so that the assistant's words cannot be told from"
            + " the others; train on rows with prompt and completion instead");
  }

  private int[] encoded(Part part, boolean last) {
    boolean ordinary =
        part.pieces.stream()
            .allMatch(
                piece -> piece.message() == ChatFrame.TEMPLATE || encoder.isOrdinary(piece.text()));
    int[] ids =
        ordinary
            ? tokenizer.encode(part.text())
            : ChatEncoder.joined(part.pieces.stream().map(encoder::apart).toList());
    if (!part.taught || end(ids) >= 0) {
      return ids;
    }
    // The template writes no token behind a turn: its words alone, and where it is the last, an
    // end.
    int[] words = encoder.apart(part.pieces.get(0));
    IntStream end = last ? IntStream.of(encoder.turnEnd()) : IntStream.empty();
    List<int[]> rest = part.pieces.stream().skip(1).map(encoder::apart).toList();
    return IntStream.concat(
            IntStream.concat(IntStream.of(words), end), IntStream.of(ChatEncoder.joined(rest)))
        .toArray();
  }

  /** How many tokens of a taught part, from its first, are taught. */
  private int own(Part part, int[] ids) {
    int end = end(ids);
    return end >= 0 ? end + 1 : encoder.apart(part.pieces.get(0)).length;
  }

  /** Where the token stands that ends the turn; no message has it. -1 for nowhere. */
  private int end(int[] ids) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == encoder.turnEnd()) {
        return i;
      }
    }
    return -1;
  }
}
