package org.seal4j.lora.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.model.generate.StopRule;
import org.seal4j.model.generate.TokenMask;

/**
 * Makes every answer one JSON object, or the beginning of one where its tokens run out: what OpenAI
 * calls JSON mode. Made once for a vocabulary; immutable, safe to use from several threads.
 */
public final class JsonGrammar {
  /** Characters with which any object can be closed; each must be a token of its own. */
  private static final String NEEDED = "{}[]\":,0truefalsn";

  /** A token, and what it adds to a text. */
  private record Piece(int id, String text) {}

  private final String[] texts;
  private final BitSet harmless = new BitSet();
  private final Map<Character, List<Piece>> byFirst = new TreeMap<>();
  private final Map<Character, List<Piece>> ofStrings = new TreeMap<>();

  private JsonGrammar(String[] texts) {
    this.texts = texts;
    for (int id = 0; id < texts.length; id++) {
      Piece piece = new Piece(id, texts[id]);
      if (piece.text.isEmpty()) {
        continue; // a special token
      }
      byFirst.computeIfAbsent(piece.text.charAt(0), c -> new ArrayList<>()).add(piece);
      if (piece.text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\')) {
        harmless.set(id);
      } else {
        ofStrings.computeIfAbsent(piece.text.charAt(0), c -> new ArrayList<>()).add(piece);
      }
    }
  }

  /**
   * The grammar over this vocabulary.
   *
   * @throws org.seal4j.data.check.InputException where the vocabulary cannot write every object
   */
  public static JsonGrammar over(Tokenizer tokenizer) {
    int[] before = tokenizer.encode("a");
    String known = tokenizer.decode(before);
    int[] two = Arrays.copyOf(before, before.length + 1);
    String[] texts = new String[tokenizer.vocabSize()];
    for (int id = 0; id < texts.length; id++) {
      two[before.length] = id;
      String both = tokenizer.decode(two);
      texts[id] = both.startsWith(known) ? both.substring(known.length()) : "";
    }
    BitSet single = new BitSet();
    for (String text : texts) {
      if (text.length() == 1) {
        single.set(text.charAt(0));
      }
    }
    NEEDED
        .chars()
        .forEach(
            c ->
                Checks.require(
                    single.get(c),
                    "the model's vocabulary has no token '%c', so it cannot write JSON",
                    (char) c));
    return new JsonGrammar(texts);
  }

  /** Fresh followers of answers, for {@link org.seal4j.model.generate.Prompt#withMask}. */
  public Supplier<TokenMask> mask() {
    return Follower::new;
  }

  /** Ends an answer with the brace that closes its object; a fresh one for each answer. */
  public StopRule.Condition closed() {
    JsonText text = new JsonText();
    return tokens -> {
      text.take(texts[tokens[tokens.length - 1]]);
      return text.isOver();
    };
  }

  private final class Follower implements TokenMask {
    private final JsonText text = new JsonText();
    private final JsonText tried = new JsonText();

    @Override
    public void restrict(BitSet candidates) {
      BitSet allowed = new BitSet(texts.length);
      boolean inString = text.isInString();
      if (inString) {
        allowed.or(harmless);
      }
      (inString ? ofStrings : byFirst)
          .forEach(
              (first, pieces) -> {
                tried.copy(text);
                if (tried.take(first)) {
                  pieces.stream().filter(this::fits).forEach(piece -> allowed.set(piece.id));
                }
              });
      candidates.and(allowed);
    }

    private boolean fits(Piece piece) {
      tried.copy(text);
      return tried.take(piece.text);
    }

    @Override
    public void accept(int token) {
      text.take(texts[token]);
    }
  }
}
