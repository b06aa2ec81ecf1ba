package org.seal4j.data.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.seal4j.data.check.Checks;

/**
 * A tokenizer in the steps of Hugging Face's library: added tokens are cut out, the text between
 * them is normalized, cut into pieces, and each piece is encoded by the model.
 */
final class PipelineTokenizer implements Tokenizer {
  private final Parts parts;
  private final boolean[] special;
  private final AddedTokens raw;
  private final AddedTokens normalized;
  private final boolean withSpecials;
  private final PipelineTokenizer plain;

  /**
   * What a tokenizer is made of.
   *
   * @param vocabulary every token, those of the model and added ones
   * @param added tokens that are looked for in the text first
   * @param hidden ids that are left out of decoded text, besides those of added special tokens
   * @param normalizer rewrites text
   * @param preTokenizer cuts text into pieces
   * @param model encodes pieces
   * @param decoder makes text of tokens
   * @param bos token at the start of sequences
   * @param eos token at the end of texts
   */
  record Parts(
      Vocabulary vocabulary,
      List<AddedToken> added,
      List<Integer> hidden,
      UnaryOperator<String> normalizer,
      PreTokenizer preTokenizer,
      SubwordModel model,
      UnaryOperator<List<String>> decoder,
      OptionalInt bos,
      OptionalInt eos) {}

  PipelineTokenizer(Parts parts) {
    this(parts, true);
  }

  private PipelineTokenizer(Parts parts, boolean withSpecials) {
    this.parts = parts;
    this.withSpecials = withSpecials;
    special = new boolean[parts.vocabulary().span()];
    parts.hidden().forEach(id -> special[id] = true);
    parts.added().stream().filter(AddedToken::special).forEach(one -> special[one.id()] = true);
    raw = new AddedTokens(wanted(false), UnaryOperator.identity());
    normalized = new AddedTokens(wanted(true), parts.normalizer());
    plain = withSpecials ? new PipelineTokenizer(parts, false) : this;
  }

  private List<AddedToken> wanted(boolean inNormalizedText) {
    return parts.added().stream()
        .filter(token -> token.normalized() == inNormalizedText)
        .filter(token -> withSpecials || !token.special())
        .toList();
  }

  @Override
  public Tokenizer ignoringSpecials() {
    return plain;
  }

  @Override
  public int[] encode(String text) {
    requireWholeCharacters(text);
    IntList ids = new IntList();
    PreTokenizer.Parts encode =
        (piece, first) -> {
          if (!piece.isEmpty()) {
            parts.model().encode(piece, ids);
          }
        };
    raw.cut(
        text,
        (stretch, first) ->
            normalized.cut(
                parts.normalizer().apply(stretch),
                (part, start) -> parts.preTokenizer().split(part, first && start, encode),
                ids::add),
        ids::add);
    return ids.toArray();
  }

  /** A lone half of a surrogate pair has no UTF-8 form, so no model has seen it. */
  private static void requireWholeCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        Checks.require(
            Character.charCount(text.codePointAt(i)) == 2,
            "the text has half a character (the surrogate U+%04X) at position %d; read it as UTF-8",
            (int) c,
            i);
        i++;
      }
    }
  }

  @Override
  public String decode(int[] ids) {
    List<String> tokens = new ArrayList<>(ids.length);
    for (int id : ids) {
      String token = parts.vocabulary().token(id);
      if (!special[id]) {
        tokens.add(token);
      }
    }
    return String.join("", parts.decoder().apply(tokens));
  }

  @Override
  public int vocabSize() {
    return parts.vocabulary().span();
  }

  @Override
  public OptionalInt id(String token) {
    return parts.vocabulary().id(token);
  }

  @Override
  public OptionalInt bos() {
    return parts.bos();
  }

  @Override
  public OptionalInt eos() {
    return parts.eos();
  }
}
