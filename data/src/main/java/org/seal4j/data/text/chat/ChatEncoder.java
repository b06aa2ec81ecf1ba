package org.seal4j.data.text.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;

/**
 * Conversations as tokens. Special tokens of the template become their ids; what a message spells
 * like one stays ordinary text, so that nobody ends his turn by writing its end.
 */
public final class ChatEncoder {
  /** A character of the private use area, which no template writes. */
  private static final String MARK = "\uE000";

  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final int turnEnd;

  /**
   * Joins a template and the tokenizer of the same model.
   *
   * @throws org.seal4j.data.check.InputException when nothing tells where a turn ends
   */
  public ChatEncoder(ChatTemplate template, Tokenizer tokenizer) {
    this.template = template;
    this.tokenizer = tokenizer;
    turnEnd = findTurnEnd();
  }

  /** The token with which the assistant ends its turn. */
  public int turnEnd() {
    return turnEnd;
  }

  /**
   * The tokens of a conversation up to where the assistant goes on.
   *
   * @param messages the turns so far
   * @param begun what the assistant has written of its turn already; may be empty
   */
  public int[] encode(List<ChatMessage> messages, String begun) {
    String text = template.render(messages, true);
    boolean ordinary = messages.stream().allMatch(message -> isOrdinary(message.content()));
    if (ordinary && isOrdinary(begun)) {
      return tokenizer.encode(text + begun);
    }
    int[] turns = ordinary ? tokenizer.encode(text) : framed(messages, text);
    return joined(List.of(turns, tokenizer.ignoringSpecials().encode(begun)));
  }

  /** Whether this text spells no special token. */
  private boolean isOrdinary(String text) {
    return Arrays.equals(tokenizer.encode(text), tokenizer.ignoringSpecials().encode(text));
  }

  /** Encodes what the template writes and what messages say apart from each other. */
  private int[] framed(List<ChatMessage> messages, String text) {
    List<ChatMessage> standIns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      standIns.add(new ChatMessage(messages.get(i).role(), standIn(i)));
    }
    String frame = template.render(standIns, true);
    for (UnaryOperator<String> form : List.<UnaryOperator<String>>of(s -> s, String::strip)) {
      List<String> contents =
          messages.stream().map(message -> form.apply(message.content())).toList();
      String filled = frame;
      for (int i = 0; i < contents.size(); i++) {
        filled = filled.replace(standIn(i), contents.get(i));
      }
      if (filled.equals(text)) {
        return filled(frame, contents);
      }
    }
    throw Checks.refuse(
        "a message spells a special token of the model, and its chat template rewrites messages, so"
            + " that the two cannot be told apart; use plain prompts, or a text without it");
  }

  private int[] filled(String frame, List<String> contents) {
    List<int[]> pieces = new ArrayList<>();
    int from = 0;
    for (int at = frame.indexOf(MARK); at >= 0; at = frame.indexOf(MARK, from)) {
      int close = frame.indexOf(MARK, at + 1);
      pieces.add(tokenizer.encode(frame.substring(from, at)));
      String content = contents.get(Integer.parseInt(frame.substring(at + 1, close)));
      pieces.add(tokenizer.ignoringSpecials().encode(content));
      from = close + 1;
    }
    pieces.add(tokenizer.encode(frame.substring(from)));
    return joined(pieces);
  }

  private static String standIn(int message) {
    return MARK + message + MARK;
  }

  private static int[] joined(List<int[]> pieces) {
    return pieces.stream().flatMapToInt(IntStream::of).toArray();
  }

  /** The first special token behind an assistant's message; else the end of texts. */
  private int findTurnEnd() {
    String talk =
        template.render(
            List.of(new ChatMessage("user", "?"), new ChatMessage("assistant", standIn(0))), false);
    int said = talk.lastIndexOf(standIn(0));
    String behind = said < 0 ? "" : talk.substring(said + standIn(0).length());
    for (int id : tokenizer.encode(behind)) {
      if (tokenizer.decode(new int[] {id, id}).isEmpty()) { // twice: one blank may be left out
        return id;
      }
    }
    OptionalInt eos = tokenizer.eos();
    Checks.require(
        eos.isPresent(),
        "the chat template writes '%s' behind a turn, which is no special token of the tokenizer, and"
            + " the tokenizer has none that ends a text (eos)",
        behind);
    return eos.getAsInt();
  }
}
