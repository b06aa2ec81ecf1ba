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
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.generate.LinearBank;
import org.seal4j.model.kernel.WeightForm;
import org.seal4j.model.plan.Engine;
import org.seal4j.model.weights.ModelFolder;

/**
 * A model with its tokenizer, and an adapter over it or none: what is needed to go from text to
 * text.
 */
public final class TextModel implements AutoCloseable {
  private final ModelFolder folder;
  private final Tokenizer tokenizer;
  private final boolean ownsFolder;
  private final @Nullable Path words;
  private final @Nullable Path adapterPath;
  private final @Nullable AdapterBank adapter;
  private final List<String> warnings;
  private final Computed computed;
  private @Nullable ChatEncoder chat;
  private boolean chatSought;

  /** How it computes, with the copies of the weights where there are some. */
  private record Computed(Engine engine, int threads, @Nullable FrozenWeights frozen) {
    static Computed of(ModelFolder folder, Computing how) {
      WeightForm form = how.weights(folder.config());
      return new Computed(
          how.engine(),
          how.threads(),
          form == WeightForm.FLOAT32 ? null : FrozenWeights.of(folder.weights(), form));
    }
  }

  private TextModel(
      ModelFolder folder,
      Tokenizer tokenizer,
      @Nullable Path words,
      @Nullable Path adapter,
      Computed computed,
      boolean ownsFolder) {
    this.folder = folder;
    this.computed = computed;
    this.tokenizer = tokenizer;
    this.words = words;
    this.adapterPath = adapter == null ? null : AdapterPath.of(adapter);
    this.ownsFolder = ownsFolder;
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

  /** One with an adapter that is in memory already. */
  private TextModel(TextModel base, AdapterBank adapter) {
    this.folder = base.folder;
    this.computed = base.computed;
    this.tokenizer = base.tokenizer;
    this.words = base.words;
    this.adapterPath = null;
    this.ownsFolder = false;
    this.adapter = adapter;
    this.warnings = List.of();
  }

  /**
   * Reads everything. Each path may be a name on a hub ({@link HubPath}).
   *
   * @param model a model folder or llama2.c file, see {@link ModelFolder#load}
   * @param tokenizer file or folder of the tokenizer, null to take the one beside the model
   * @param adapter a PEFT folder, a GGUF file, the folder of a run that holds one, or null
   */
  public static TextModel open(Path model, @Nullable Path tokenizer, @Nullable Path adapter) {
    return open(model, tokenizer, adapter, Computing.usual());
  }

  /**
   * The same, for writing with weights in fewer bits.
   *
   * @param form of the weights that tokens are written with; prompts are read in float32
   */
  public static TextModel open(
      Path model, @Nullable Path tokenizer, @Nullable Path adapter, WeightForm form) {
    return open(model, tokenizer, adapter, Computing.with(form));
  }

  /** The same, with a choice of all that decides how it computes. */
  public static TextModel open(
      Path model, @Nullable Path tokenizer, @Nullable Path adapter, Computing how) {
    Path ownWords = tokenizer == null ? null : HubPath.local(tokenizer);
    Path over = adapter == null ? null : AdapterPath.of(adapter);
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
      return new TextModel(
          folder, tokenizer(folder, words), ownWords, over, Computed.of(folder, how), true);
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  /**
   * The same model with another adapter, or with its first one. The weights are shared, so this one
   * is closed last.
   *
   * @param path as in {@link #open}
   */
  public TextModel withAdapter(Path path) {
    return new TextModel(folder, tokenizer, words, path, computed, false);
  }

  /**
   * The same model with an adapter that is in memory. The weights are shared, so this one is closed
   * last.
   *
   * @param bank of one adapter, which is closed with what is returned
   */
  public TextModel withBank(AdapterBank bank) {
    Checks.require(
        bank.size() == 1, "a model answers with one adapter but got a bank of %d", bank.size());
    return new TextModel(this, bank);
  }

  /** The same model without an adapter. The weights are shared, so this one is closed last. */
  public TextModel alone() {
    return new TextModel(folder, tokenizer, words, null, computed, false);
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

  /** What runs its graphs. */
  public Engine engine() {
    return computed.engine;
  }

  /** How many threads share the products of a token. */
  public int threads() {
    return computed.threads;
  }

  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Copies of the weights in fewer bits that tokens are written with, where there are some. */
  public Optional<FrozenWeights> frozen() {
    return Optional.ofNullable(computed.frozen);
  }

  /** The linears that write, with the adapter where there is one. */
  public LinearBank linears() {
    return frozen().map(copies -> own().writingWith(copies)).orElseGet(this::own);
  }

  /** The linears that score a text as those that write would: all of it in their form. */
  LinearBank scoringLinears() {
    return frozen().map(copies -> own().everywhereWith(copies)).orElseGet(this::own);
  }

  private LinearBank own() {
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
    return started(tokenizer.encode(text));
  }

  /** The same for a text that stays ordinary text where it spells a special token. */
  int[] encodeOrdinary(String text) {
    return started(tokenizer.ignoringSpecials().encode(text));
  }

  private int[] started(int[] ids) {
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
    return chatIfAny().orElseGet(() -> encoder(folder.source()));
  }

  /** The same; empty where there is no template. It is read once: a GGUF file is long. */
  public synchronized Optional<ChatEncoder> chatIfAny() {
    if (!chatSought) {
      template().ifPresent(place -> chat = encoder(place));
      chatSought = true;
    }
    return Optional.ofNullable(chat);
  }

  private ChatEncoder encoder(Path place) {
    return new ChatEncoder(ChatTemplate.load(place), tokenizer);
  }

  private Optional<Path> template() {
    return Stream.of(
            Optional.ofNullable(words),
            Optional.ofNullable(adapterPath),
            folder.tokenizer(),
            Optional.of(folder.source()))
        .flatMap(Optional::stream)
        .filter(path -> ChatTemplate.text(path).isPresent())
        .findFirst();
  }

  @Override
  public void close() {
    if (adapter != null) {
      adapter.close();
    }
    if (ownsFolder) {
      folder.close();
    }
  }
}
