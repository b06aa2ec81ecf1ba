package org.seal4j.data.text;

import java.util.List;
import java.util.Set;
import org.seal4j.data.check.Checks;

/**
 * What a {@link BpeTrainer} makes.
 *
 * @param alphabet what words are spelled in
 * @param vocabSize number of tokens, special ones and the alphabet included; fewer come out when no
 *     pair is frequent enough any more
 * @param minFrequency pairs, and with {@link Alphabet#CHARACTERS} characters, that occur less often
 *     get no token
 * @param specials special tokens; they get the first ids, in this order
 * @param bos the special token that a sequence starts with; empty for none
 * @param eos the special token that ends a text; empty for none
 */
public record BpeTrainerConfig(
    Alphabet alphabet,
    int vocabSize,
    int minFrequency,
    List<String> specials,
    String bos,
    String eos) {

  /** The symbols that merging starts from. */
  public enum Alphabet {
    /** The 256 bytes, words cut as GPT-2 does; a blank belongs to the word after it. */
    BYTES,
    /**
     * The characters of the texts, U+2581 for blanks, and the 256 bytes for all other characters,
     * as Llama 2 does. One blank is put before a text and taken away again.
     */
    CHARACTERS
  }

  /** Checks that the sizes make sense and the special tokens are told apart. */
  public BpeTrainerConfig {
    specials = List.copyOf(specials);
    int least = specials.size() + 256;
    Checks.require(
        vocabSize > least && vocabSize <= Vocabulary.MOST_IDS,
        "vocabSize must be above %d, for 256 bytes and %d special tokens, and at most %d, but was %d",
        least,
        specials.size(),
        Vocabulary.MOST_IDS,
        vocabSize);
    Checks.require(minFrequency >= 1, "minFrequency must be >= 1 but was %d", minFrequency);
    Checks.require(
        Set.copyOf(specials).size() == specials.size() && !specials.contains(""),
        "special tokens must be different and not empty but are %s",
        specials);
    Vocabulary.requireSpecials(specials, bos, eos);
  }

  /** Over bytes, with {@code <|endoftext|>} at the end of texts. */
  public static BpeTrainerConfig bytes(int vocabSize) {
    String end = "<|endoftext|>";
    return new BpeTrainerConfig(Alphabet.BYTES, vocabSize, 2, List.of(end), "", end);
  }

  /** Over characters, with {@code <s>} and {@code </s>} around texts. */
  public static BpeTrainerConfig characters(int vocabSize) {
    List<String> specials = List.of("<unk>", "<s>", "</s>");
    return new BpeTrainerConfig(Alphabet.CHARACTERS, vocabSize, 2, specials, "<s>", "</s>");
  }

  /** The same with these special tokens. */
  public BpeTrainerConfig withSpecials(List<String> tokens, String first, String last) {
    return new BpeTrainerConfig(alphabet, vocabSize, minFrequency, tokens, first, last);
  }

  /** The same with this least frequency. */
  public BpeTrainerConfig withMinFrequency(int least) {
    return new BpeTrainerConfig(alphabet, vocabSize, least, specials, bos, eos);
  }
}
