package org.seal4j.lora.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;
import org.seal4j.data.text.chat.ChatEncoder;
import org.seal4j.data.text.chat.ChatTemplate;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.weights.ModelFolder;

/**
 * A model with its tokenizer, and an adapter over it or none: what is needed to go from text to
 * text.
 */
public final class TextModel implements AutoCloseable {
  private final ModelFolder folder;
  private final Tokenizer tokenizer;
  private final List<Path> named;
  private final @Nullable AdapterBank adapter;
  private final List<String> warnings;

  private TextModel(
      ModelFolder folder, Tokenizer tokenizer, List<Path> named, @Nullable Path adapter) {
    this.folder = folder;
    this.tokenizer = tokenizer;
    this.named = named;
    if (adapter == null) {
      this.adapter = null;
      this.warnings = List.of();
      return;
    }
    try (PeftAdapter read = PeftAdapter.load(adapter, folder.config())) {
      this.warnings = read.warnings(folder.weights());
      this.adapter = read.toBank();
    }
  }

  /**
   * Reads everything. Each path may be a name on a hub ({@link HubPath}).
   *
   * @param model a model folder or llama2.c file, see {@link ModelFolder#load}
   * @param tokenizer file or folder of the tokenizer, null to take the one beside the model
   * @param adapter a PEFT folder, or null
   */
  public static TextModel open(Path model, @Nullable Path tokenizer, @Nullable Path adapter) {
    Path ownWords = tokenizer == null ? null : HubPath.local(tokenizer);
    Path over = adapter == null ? null : HubPath.local(adapter);
    ModelFolder folder = ModelFolder.load(model);
    try {
      Path words =
          ownWords != null
              ? ownWords
              : folder
                  .tokenizer()
                  .orElseThrow(
                      () ->
                          Checks.refuse(
                              "%s has no tokenizer (tokenizer.json, or vocab.json and merges.txt);"
                                  + " name one with --tokenizer",
                              model));
      List<Path> named =
          Stream.of(Optional.ofNullable(ownWords), Optional.ofNullable(over))
              .flatMap(Optional::stream)
              .toList();
      return new TextModel(folder, tokenizer(folder, words), named, over);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static Tokenizer tokenizer(ModelFolder folder, Path words) {
    Tokenizer read = Tokenizers.load(words);
    Checks.require(
        read.vocabSize() <= folder.config().vocabSize(),
        "the tokenizer %s has %d ids but the model only %d; they do not belong together",
        words,
        read.vocabSize(),
        folder.config().vocabSize());
    return read;
  }

  /** Sentences on what the files say to no effect, for the user to read. */
  public List<String> warnings() {
    return warnings;
  }

  /** Tokens of the longest text that the model was made for. */
  public int context() {
    return folder.context();
  }

  public ModelFolder folder() {
    return folder;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** The linears of the model, with the adapter where there is one. */
  public LinearBank linears() {
    return adapter == null
        ? LinearBank.base(folder.weights())
        : new LoraBank(folder.weights(), adapter, 1);
  }

  /** Ids that end a text: those of the model's folder, and the tokenizer's own. */
  public Set<Integer> endTokens() {
    Set<Integer> ends = new TreeSet<>(folder.endTokens());
    tokenizer.eos().ifPresent(ends::add);
    return ends;
  }

  /** The ids of a text, behind the token that starts a sequence where the tokenizer has one. */
  public int[] encode(String text) {
    int[] ids = tokenizer.encode(text);
    return tokenizer.bos().isEmpty()
        ? ids
        : IntStream.concat(IntStream.of(tokenizer.bos().getAsInt()), IntStream.of(ids)).toArray();
  }

  /**
   * Conversations as tokens, by the chat template beside the tokenizer that was named, else by that
   * in the adapter's folder, else by that of the model.
   *
   * @throws org.seal4j.data.check.InputException when there is none, or none that is read
   */
  public ChatEncoder chat() {
    Path place =
        Stream.concat(named.stream(), folder.tokenizer().stream())
            .filter(path -> ChatTemplate.text(path).isPresent())
            .findFirst()
            .orElse(folder.source());
    return new ChatEncoder(ChatTemplate.load(place), tokenizer);
  }

  @Override
  public void close() {
    if (adapter != null) {
      adapter.close();
    }
    folder.close();
  }
}
