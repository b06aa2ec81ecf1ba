package org.seal4j.data.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.RegularFile;
import org.seal4j.data.file.TextFile;
import org.seal4j.data.text.PieceList.Piece;

/**
 * Reads models of SentencePiece (its protobuf {@code .model}, byte-pair encoding and unigram) and
 * the {@code tokenizer.bin} that llama2.c makes of them.
 *
 * @param surface what is written for the unknown piece
 * @param bos id of the piece that sequences start with, negative for none
 * @param eos id of the piece that ends texts, negative for none
 */
record SentencePieceFile(
    PieceList list, int modelType, PieceNormalizer.Rules rules, String surface, int bos, int eos) {
  private static final int UNIGRAM = 1;
  private static final int BPE = 2;
  private static final int SPECIALS = 3;
  private static final int BYTES = 256;
  private static final List<PieceList.Type> TYPES = List.of(PieceList.Type.values());
  private static final String SURFACE = " \u2047 ";

  /** Reads a {@code .model} file, for which these settings count. */
  static Tokenizer read(Path file, SpecialTokens specials) {
    ProtoMessage model = new ProtoMessage(file, content(file));
    List<Piece> pieces = new ArrayList<>();
    for (ProtoMessage piece : model.messages(1)) {
      String text = piece.text(1, "");
      int number = piece.integer(3, 1);
      if (text.isEmpty() || number < 1 || number > TYPES.size()) {
        throw Checks.refuse(
            "%s: piece %d is '%s' of type %d; expected a text and a type from 1 to 6",
            file, pieces.size(), text, number);
      }
      pieces.add(new Piece(text, piece.real(2, 0), TYPES.get(number - 1)));
    }
    ProtoMessage trainer = model.message(2);
    ProtoMessage normalizer = model.message(3);
    ByteBuffer characters = normalizer.bytes(2);
    PieceNormalizer.Rules rules =
        new PieceNormalizer.Rules(
            characters.hasRemaining() ? new CharacterMap(characters, file) : null,
            normalizer.bool(3, true),
            normalizer.bool(4, true),
            normalizer.bool(5, true),
            trainer.bool(24, false));
    return new SentencePieceFile(
            new PieceList(pieces, file),
            trainer.integer(3, UNIGRAM),
            rules,
            trainer.text(44, SURFACE),
            trainer.integer(41, 1),
            trainer.integer(42, 2))
        .tokenizer(specials, file);
  }

  private static ByteBuffer content(Path file) {
    byte[] bytes = RegularFile.bytes(file, TextFile.MOST_BYTES);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads llama2.c's format: the length of the longest token, then score, length and bytes of each.
   * The first three are unknown, beginning and end, the next 256 are bytes.
   */
  static Tokenizer readLlama2c(Path file) {
    List<Piece> pieces = new ArrayList<>();
    ByteBuffer in = content(file);
    int longest = in.remaining() < 4 ? -1 : in.getInt();
    while (in.hasRemaining()) {
      int id = pieces.size();
      int length = in.remaining() < 8 ? -1 : in.getInt(in.position() + 4);
      if (length <= 0 || length > longest || length > in.remaining() - 8) {
        throw Checks.refuse(
            "%s: token %d at byte %d has %d bytes; expected 1 to %d: this is no tokenizer.bin",
            file, id, in.position(), length, longest);
      }
      float score = in.getFloat();
      byte[] text = new byte[length];
      in.position(in.position() + 4).get(text);
      String piece = new String(text, StandardCharsets.UTF_8).replace(" ", PieceList.BLANK);
      pieces.add(new Piece(piece, score, llama2cType(id)));
    }
    Checks.require(
        pieces.size() > SPECIALS + BYTES,
        "%s: has %d tokens; expected more than the 3 special ones and 256 bytes",
        file,
        pieces.size());
    PieceNormalizer.Rules rules = new PieceNormalizer.Rules(null, true, false, true, false);
    return new SentencePieceFile(new PieceList(pieces, file), BPE, rules, SURFACE, 1, 2)
        .tokenizer(new SpecialTokens(List.of()), file);
  }

  private static PieceList.Type llama2cType(int id) {
    if (id < SPECIALS) {
      return id == 0 ? PieceList.Type.UNKNOWN : PieceList.Type.CONTROL;
    }
    return id < SPECIALS + BYTES ? PieceList.Type.BYTE : PieceList.Type.NORMAL;
  }

  private Tokenizer tokenizer(SpecialTokens specials, Path file) {
    Checks.require(
        modelType == UNIGRAM || modelType == BPE,
        "%s: trainer_spec.model_type is %d; supported are 1 (unigram) and 2 (BPE)",
        list.source(),
        modelType);
    if (rules.dummyPrefix()) {
      new PrefixSpace(specials).requireBlank();
    }
    Vocabulary vocabulary = list.vocabulary();
    for (AddedToken added : specials.added()) {
      Checks.require(
          vocabulary.idOr(added.content()) == added.id(),
          "%s adds the token '%s' with the id %d, which %s lacks; give the folder a tokenizer.json",
          SpecialTokens.CONFIG,
          added.content(),
          added.id(),
          file);
    }
    OptionalInt start = specials.role("bos_token", vocabulary, file, special(bos));
    return tokenizer(
        List.of(),
        specials.first(vocabulary, file, start),
        specials.role("eos_token", vocabulary, file, special(eos)));
  }

  /** Byte-pair encoding with these pieces. */
  static SentencePieceFile byPairs(PieceList list, PieceNormalizer.Rules rules) {
    return new SentencePieceFile(list, BPE, rules, SURFACE, -1, -1);
  }

  /**
   * The tokenizer.
   *
   * @param added tokens that are looked for in the text first
   * @param first token before a text
   * @param last token that ends a text
   */
  Tokenizer tokenizer(List<AddedToken> added, OptionalInt first, OptionalInt last) {
    Vocabulary vocabulary = list.vocabulary();
    boolean words = modelType == BPE && isCutAtBlanks(vocabulary);
    return new PipelineTokenizer(
        new PipelineTokenizer.Parts(
            vocabulary,
            added,
            list.ids(PieceList.Type.CONTROL),
            new PieceNormalizer(rules, list),
            words ? blanks() : PreTokenizer.whole(),
            modelType == BPE ? new SubwordModel.Cached(new ScoredBpe(list)) : new Unigram(list),
            new PieceDecoder(list.pieces().get(list.unknown()).text(), surface, rules),
            first,
            last));
  }

  /** Whether no piece reaches over the start of a word, so that words can be encoded alone. */
  private boolean isCutAtBlanks(Vocabulary vocabulary) {
    return vocabulary.idOr(PieceList.BLANK) >= 0
        && list.pieces().stream()
            .noneMatch(piece -> piece.text().matches("(?s).*[^\u2581]\u2581.*"));
  }

  private static PreTokenizer blanks() {
    return new SplitAt(
        Finder.of(Patterns.compile("(?<=[^\u2581])(?=\u2581)")), SplitAt.Behavior.ISOLATED, false);
  }

  private OptionalInt special(int id) {
    return id >= 0 && id < list.pieces().size() ? OptionalInt.of(id) : OptionalInt.empty();
  }
}
