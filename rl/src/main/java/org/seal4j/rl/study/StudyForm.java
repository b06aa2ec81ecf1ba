package org.seal4j.rl.study;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.model.generate.StopRule;
import org.seal4j.rl.passage.PromptKind;

/**
 * How passages, questions and answers become tokens of a model. With the passage the model goes on
 * with plain text; without it a question is the user's message by its chat template, or plain text
 * where it has none.
 *
 * @param tokenizer of the model
 * @param chat writes conversations; empty for plain text
 * @param ends ids that end what the model writes
 * @param lineEnds ids that hold a line break: they end a question or an answer in plain text
 */
public record StudyForm(
    Tokenizer tokenizer, Optional<ChatEncoder> chat, Set<Integer> ends, Set<Integer> lineEnds) {
  private static final String QUESTION = "Question: %s";
  private static final String ANSWER = QUESTION + "\nAnswer:";

  public StudyForm {
    ends = Collections.unmodifiableSet(new TreeSet<>(ends));
    lineEnds = Collections.unmodifiableSet(new TreeSet<>(lineEnds));
    Checks.require(
        !lineEnds.isEmpty() || !ends.isEmpty(),
        "the tokenizer has no token that ends a line, a text or a turn, so that no answer ends");
  }

  /**
   * The form of a model.
   *
   * @param ends ids that end a text, as the model's folder has them
   */
  public static StudyForm of(Tokenizer tokenizer, Optional<ChatEncoder> chat, List<Integer> ends) {
    Set<Integer> all = new TreeSet<>(ends);
    tokenizer.eos().ifPresent(all::add);
    chat.ifPresent(encoder -> all.add(encoder.turnEnd()));
    Set<Integer> lines = new TreeSet<>();
    for (int id = 0; id < tokenizer.vocabSize(); id++) {
      if (tokenizer.decode(new int[] {id}).contains("\n")) {
        lines.add(id);
      }
    }
    return new StudyForm(tokenizer, chat, all, lines);
  }

  /** Up to where the model goes on with a question about a passage that it sees. */
  TokenSequence writing(Passage passage, String opening) {
    return given(plain(ReadingExample.before(passage) + QUESTION.formatted(opening)));
  }

  /** Up to where the model answers a question about a passage that it sees. */
  TokenSequence openBook(Passage passage, String question) {
    return given(plain(ReadingExample.before(passage) + ANSWER.formatted(question)));
  }

  /** Up to where a chat model that sees a passage answers a question about it in conversation. */
  TokenSequence inConversation(Passage passage, String question) {
    String text =
        "Context: %s\n%s\n\nQuestion: %s\nAnswer with a short phrase from the context."
            .formatted(passage.title(), passage.context(), question);
    return given(chat.orElseThrow().encode(List.of(new ChatMessage("user", text)), ""));
  }

  /** Up to where the model answers a question alone: of a chat model as the user's message. */
  TokenSequence closedBook(String question) {
    return given(
        chat.map(encoder -> encoder.encode(List.of(new ChatMessage("user", question)), ""))
            .orElseGet(() -> plain(ANSWER.formatted(question))));
  }

  /** An answer to a question without the passage, as a text is written there, and its end. */
  int[] certainAnswer(String question, String answer) {
    int[] prompt = closedBook(question).ids();
    int[] whole =
        chat.map(encoder -> encoder.encode(List.of(new ChatMessage("user", question)), answer))
            .orElseGet(() -> plain(ANSWER.formatted(question) + " " + answer));
    // Where prompt and answer share a token, the answer is written apart from the prompt.
    boolean apart =
        whole.length > prompt.length && Arrays.equals(prompt, Arrays.copyOf(whole, prompt.length));
    int[] ids =
        apart
            ? Arrays.copyOfRange(whole, prompt.length, whole.length)
            : tokenizer.ignoringSpecials().encode((chat.isPresent() ? "" : " ") + answer);
    return IntStream.concat(IntStream.of(ids), IntStream.of(answerEnd())).toArray();
  }

  /** A text that was written behind a prompt, and the end of what the model writes. */
  int[] ended(String text) {
    int[] ids = tokenizer.ignoringSpecials().encode(text);
    return IntStream.concat(IntStream.of(ids), IntStream.of(answerEnd())).toArray();
  }

  /** Up to where the model goes on with plain text. */
  TokenSequence given(String text) {
    return given(plain(text));
  }

  /** Up to where the model does with a passage what a prompt kind tells it to. */
  TokenSequence told(Passage passage, PromptKind kind) {
    return given(
        chat.map(encoder -> encoder.encode(kind.messages(passage), kind.cue()))
            .orElseGet(() -> plain(kind.text(passage))));
  }

  /** The id that ends an answer without the passage. */
  int answerEnd() {
    OptionalInt eos = tokenizer.eos();
    return chat.isPresent()
        ? chat.orElseThrow().turnEnd()
        : eos.isPresent() ? eos.getAsInt() : (ends.isEmpty() ? lineEnds : ends).iterator().next();
  }

  /** Whether an id ends an answer in plain text. */
  boolean isEnd(int id) {
    return ends.contains(id) || lineEnds.contains(id);
  }

  /** Where a question ends: with its mark, or its line. */
  StopRule question(int tokens) {
    return line(tokens).orWhen(ids -> tokenizer.decode(ids).indexOf('?') >= 0);
  }

  /** Where plain text of one line ends. */
  StopRule line(int tokens) {
    return text(tokens).orAt(ids(lineEnds));
  }

  /** Where an answer without the passage ends. */
  StopRule answer(int tokens) {
    return chat.isPresent() ? text(tokens) : line(tokens);
  }

  /** Where a text of any number of lines ends. */
  StopRule text(int tokens) {
    return StopRule.after(tokens).orAt(ids(ends));
  }

  private static int[] ids(Set<Integer> ids) {
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** A text with a loss on every token, the end of texts included. */
  TokenSequence text(String text) {
    int[] ids = plain(text);
    OptionalInt end = tokenizer.eos();
    int[] all = Arrays.copyOf(ids, ids.length + (end.isPresent() ? 1 : 0));
    end.ifPresent(id -> all[ids.length] = id);
    float[] weights = new float[all.length];
    Arrays.fill(weights, tokenizer.bos().isPresent() ? 1 : 0, all.length, 1f);
    return new TokenSequence(all, new int[all.length], weights);
  }

  private int[] plain(String text) {
    int[] ids = tokenizer.ignoringSpecials().encode(text);
    return tokenizer.bos().isEmpty()
        ? ids
        : IntStream.concat(IntStream.of(tokenizer.bos().getAsInt()), IntStream.of(ids)).toArray();
  }

  private static TokenSequence given(int[] ids) {
    return new TokenSequence(ids, new int[ids.length], new float[ids.length]);
  }

  /** What was written, without its end. */
  String words(int[] ids) {
    return tokenizer.decode(ids).strip();
  }
}
