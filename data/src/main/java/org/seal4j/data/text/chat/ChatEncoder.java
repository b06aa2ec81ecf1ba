package org.seal4j.data.text.chat;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;

/**
 * Conversations as tokens. Special tokens of the template become their ids; what a message spells
 * like one stays ordinary text, so that nobody ends his turn by writing its end.
 */
public final class ChatEncoder {
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

  /**
   * The tokens of a whole conversation, and which of them are trained on: the words of the taught
   * messages, each with the token that ends its turn.
   *
   * @param taught by the index of a message: those of the assistant, or some of them
   * @throws org.seal4j.data.check.InputException when the template refuses the conversation, or
   *     rewrites it so that it cannot be told apart who says what
   */
  public TaughtTokens taught(List<ChatMessage> messages, IntPredicate taught) {
    String text = template.render(messages, false);
    return new TaughtTalk(this, tokenizer, messages, taught)
        .tokens(ChatFrame.of(template, messages, text, false), text);
  }

  /** The text of a conversation up to where the assistant goes on. */
  String head(List<ChatMessage> messages) {
    return template.render(messages, true);
  }

  /** Whether this text spells no special token. */
  boolean isOrdinary(String text) {
    return Arrays.equals(tokenizer.encode(text), tokenizer.ignoringSpecials().encode(text));
  }

  /** Encodes what the template writes and what messages say apart from each other. */
  private int[] framed(List<ChatMessage> messages, String text) {
    ChatFrame frame =
        ChatFrame.of(template, messages, text, true)
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "a message spells a special token of the model, and its chat template rewrites"
                            + " messages, so that the two cannot be told apart; use plain prompts, or"
                            + " a text without it"));
    return joined(frame.pieces().stream().map(this::apart).toList());
  }

  int[] apart(ChatFrame.Piece piece) {
    return piece.message() == ChatFrame.TEMPLATE
        ? tokenizer.encode(piece.text())
        : tokenizer.ignoringSpecials().encode(piece.text());
  }

  static int[] joined(List<int[]> pieces) {
    return pieces.stream().flatMapToInt(IntStream::of).toArray();
  }

  /** The first special token behind an assistant's message; else the end of texts. */
  private int findTurnEnd() {
    String talk =
        template.render(
            List.of(
                new ChatMessage("user", "?"), new ChatMessage("assistant", ChatFrame.standIn(0))),
            false);
    int said = talk.lastIndexOf(ChatFrame.standIn(0));
    String behind = said < 0 ? "" : talk.substring(said + ChatFrame.standIn(0).length());
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
