package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.BpeTrainerConfig.Alphabet;

/**
 * Trains a byte-pair encoding (Sennrich, Haddow, Birch 2016): the pair of neighbours that is most
 * frequent over all words becomes a token, again and again. Of equally frequent pairs the one with
 * the smaller ids comes first, so that the same texts always give the same tokenizer.
 */
public final class BpeTrainer {
  private final BpeTrainerConfig config;
  private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
  private final List<String> tokens = new ArrayList<>();
  private final List<String> merges = new ArrayList<>();

  private BpeTrainer(BpeTrainerConfig config) {
    this.config = config;
  }

  /**
   * Trains on these texts, which are gone through once. Special tokens in them are cut out.
   *
   * @throws org.seal4j.data.check.InputException when the characters of the texts leave no room for
   *     merges
   */
  public static TrainedBpe train(Iterable<String> texts, BpeTrainerConfig config) {
    return new BpeTrainer(config).run(texts);
  }

  private TrainedBpe run(Iterable<String> texts) {
    config.specials().forEach(this::token);
    Map<String, Long> words = words(texts);
    alphabet(words);
    Checks.require(
        tokens.size() < config.vocabSize(),
        "the texts have so many characters that the alphabet alone takes %d tokens; vocabSize is"
            + " %d: make it larger, or minFrequency (%d)",
        tokens.size(),
        config.vocabSize(),
        config.minFrequency());
    WordPairs pairs = new WordPairs();
    words.forEach((word, count) -> pairs.addWord(symbols(word), count));
    merge(pairs);
    return new TrainedBpe(config, vocabulary, merges);
  }

  private int token(String text) {
    Integer known = vocabulary.putIfAbsent(text, tokens.size());
    if (known != null) {
      return known;
    }
    tokens.add(text);
    return tokens.size() - 1;
  }

  /** All words and how often they occur, in the order in which they first occur. */
  private Map<String, Long> words(Iterable<String> texts) {
    Map<String, Long> words = new LinkedHashMap<>();
    PreTokenizer.Parts count = (word, first) -> words.merge(word, 1L, Long::sum);
    PreTokenizer cut = TrainedBpe.preTokenizer(config.alphabet());
    UnaryOperator<String> normalizer = TrainedBpe.normalizer(config.alphabet());
    List<AddedToken> specials = new ArrayList<>();
    config.specials().forEach(one -> specials.add(AddedToken.special(specials.size(), one)));
    AddedTokens finder = new AddedTokens(specials, UnaryOperator.identity());
    for (String text : texts) {
      finder.cut(text, (part, first) -> cut.split(normalizer.apply(part), first, count), id -> {});
    }
    return words;
  }

  private void alphabet(Map<String, Long> words) {
    if (config.alphabet() == Alphabet.BYTES) {
      IntStream.range(0, 256).map(ByteAlphabet::character).sorted().forEach(this::character);
      return;
    }
    for (int b = 0; b < 256; b++) {
      token(BpeModel.byteToken(b));
    }
    TreeMap<Integer, Long> characters = new TreeMap<>();
    words.forEach(
        (word, count) -> word.codePoints().forEach(one -> characters.merge(one, count, Long::sum)));
    characters.values().removeIf(count -> count < config.minFrequency());
    characters.keySet().forEach(this::character);
  }

  private void character(int character) {
    token(Character.toString(character));
  }

  /** The ids of the characters of a word; a character without token is a barrier. */
  private int[] symbols(String word) {
    return word.codePoints()
        .map(one -> vocabulary.getOrDefault(Character.toString(one), WordPairs.BARRIER))
        .toArray();
  }

  /** Special tokens and bytes, which no text may spell by merges. */
  private boolean isReserved(int id) {
    int specials = config.specials().size();
    return id < (config.alphabet() == Alphabet.BYTES ? specials : specials + 256);
  }

  private void merge(WordPairs pairs) {
    while (tokens.size() < config.vocabSize()) {
      long pair = pairs.mostFrequent(config.minFrequency());
      if (pair == WordPairs.NONE) {
        return;
      }
      String left = tokens.get(WordPairs.left(pair));
      String right = tokens.get(WordPairs.right(pair));
      Integer known = vocabulary.get(left + right);
      if (known != null && isReserved(known)) {
        pairs.drop(pair);
      } else {
        merges.add(left + " " + right);
        pairs.merge(pair, token(left + right));
      }
    }
  }
}
