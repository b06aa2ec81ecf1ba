package org.seal4j.scripts.tuning;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.rows.TrainingRow;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.data.text.chat.KnownTemplate;
import org.seal4j.data.text.chat.TaughtTokens;
import org.seal4j.model.weights.ModelFolder;

/**
 * Rows as tokens. A conversation is written by a chat template. A prompt with a completion is a
 * conversation of two turns where there is a template; else it is the prompt's tokens, the
 * completion's and the end of a text. A text is its tokens and that end.
 *
 * @param tokenizer of the model
 * @param chat writes conversations; empty for plain text
 * @param end of a text, where the model has one
 */
public record LessonEncoder(Tokenizer tokenizer, Optional<ChatEncoder> chat, OptionalInt end) {
  /** For a model as a recipe asks. */
  public static LessonEncoder of(Chat asked, ModelFolder model) {
    Path file =
        model
            .tokenizer()
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s has no tokenizer (tokenizer.json, tokenizer.model, or vocab.json and"
                            + " merges.txt); put it beside the weights",
                        model.source()));
    Tokenizer tokenizer = Tokenizers.load(file);
    Checks.require(
        tokenizer.vocabSize() <= model.config().vocabSize(),
        "%s has %d tokens but the model of %s has %d; they do not belong together",
        file,
        tokenizer.vocabSize(),
        model.source(),
        model.config().vocabSize());
    return of(asked, model.source(), tokenizer, model.endTokens());
  }

  private static LessonEncoder of(Chat asked, Path model, Tokenizer tokenizer, List<Integer> ends) {
    boolean own =
        asked == Chat.MODEL || (asked == Chat.AUTO && ChatTemplate.text(model).isPresent());
    Optional<ChatEncoder> chat =
        switch (asked) {
          case MODEL, AUTO ->
              own
                  ? Optional.of(new ChatEncoder(ChatTemplate.load(model), tokenizer))
                  : Optional.empty();
          case LLAMA3 -> Optional.of(KnownTemplate.LLAMA3.encoder(tokenizer));
          case QWEN2 -> Optional.of(KnownTemplate.QWEN2.encoder(tokenizer));
          case NONE -> Optional.empty();
        };
    OptionalInt end =
        tokenizer.eos().isPresent() || ends.isEmpty()
            ? tokenizer.eos()
            : OptionalInt.of(ends.get(0));
    return new LessonEncoder(tokenizer, chat, end);
  }

  /** The tokens of a row, uncut. */
  public TaughtTokens tokens(TrainingRow row) {
    if (row instanceof TrainingRow.Talk talk) {
      ChatEncoder encoder =
          chat.orElseThrow(
              () ->
                  Checks.refuse(
                      "a row is a conversation, but the model has no chat template; set data.chat to"
                          + " llama3 or qwen2 if it was trained in such a form, or write prompt and"
                          + " completion"));
      return encoder.taught(talk.messages(), talk::isTaught);
    }
    if (row instanceof TrainingRow.Pair pair) {
      return chat.map(
              encoder ->
                  encoder.taught(
                      List.of(
                          new ChatMessage("user", pair.prompt()),
                          new ChatMessage(TrainingRow.ASSISTANT, pair.completion())),
                      message -> message == 1))
          .orElseGet(() -> plain(pair.prompt(), pair.completion()));
    }
    return plain("", ((TrainingRow.Plain) row).text());
  }

  private TaughtTokens plain(String given, String taught) {
    int[] before = given.isEmpty() ? new int[0] : tokenizer.encode(given);
    int[] ids =
        Stream.of(
                stream(tokenizer.bos()),
                IntStream.of(before),
                IntStream.of(tokenizer.encode(taught)),
                stream(end))
            .flatMapToInt(part -> part)
            .toArray();
    boolean[] marks = new boolean[ids.length];
    int from = before.length + (tokenizer.bos().isPresent() ? 1 : 0);
    Arrays.fill(marks, from, ids.length, true);
    return new TaughtTokens(ids, marks);
  }

  private static IntStream stream(OptionalInt id) {
    return id.isPresent() ? IntStream.of(id.getAsInt()) : IntStream.empty();
  }

  /** What a person sees as the question of a row. */
  public static String shown(TrainingRow row) {
    if (row instanceof TrainingRow.Talk talk) {
      int last = talk.messages().size() - 1;
      while (last > 0 && !talk.isTaught(last)) {
        last--;
      }
      return last == 0 ? "" : talk.messages().get(last - 1).content();
    }
    return row instanceof TrainingRow.Pair pair ? pair.prompt() : "";
  }

  /** Ids that end an answer. */
  public int[] ends(List<Integer> ofModel) {
    IntStream turn = chat.isPresent() ? IntStream.of(chat.get().turnEnd()) : IntStream.empty();
    return IntStream.concat(
            IntStream.concat(turn, stream(end)), ofModel.stream().mapToInt(Integer::intValue))
        .distinct()
        .toArray();
  }
}
