package org.seal4j.data.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.text.PieceList.Piece;

/**
 * Reads models of SentencePiece (its protobuf {@code .model}, byte-pair encoding and unigram) and
 * the {@code tokenizer.bin} that llama2.c makes of them.
 */
final class SentencePieceFile {
  private static final int UNIGRAM = 1;
  private static final int BPE = 2;
  private static final int SPECIALS = 3;
  private static final int BYTES = 256;

  private final Path file;
  private final List<Piece> pieces = new ArrayList<>();
  private int modelType = UNIGRAM;
  private int bos = 1;
  private int eos = 2;
  private String surface = " \u2047 ";
  private @Nullable CharacterMap characters;
  private boolean dummyPrefix = true;
  private boolean removeExtra = true;
  private boolean escape = true;
  private boolean atEnd;

  private SentencePieceFile(Path file) {
    this.file = file;
  }

  /** Reads a {@code .model} file. */
  static Tokenizer read(Path file) {
    SentencePieceFile model = new SentencePieceFile(file);
    ProtoReader proto = new ProtoReader(file, model.content());
    for (int field = proto.next(); field != 0; field = proto.next()) {
      switch (field) {
        case 1 -> model.piece(proto.message());
        case 2 -> model.trainer(proto.message());
        case 3 -> model.normalizer(proto.message());
        default -> {} // test samples and a denormalizer, which no encoding needs
      }
    }
    return model.tokenizer();
  }

  private ByteBuffer content() {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read (" + e + ")", e);
    }
  }

  private void piece(ProtoReader proto) {
    String text = "";
    float score = 0;
    int type = 1;
    for (int field = proto.next(); field != 0; field = proto.next()) {
      switch (field) {
        case 1 -> text = proto.text();
        case 2 -> score = proto.real();
        case 3 -> type = proto.integer();
        default -> {}
      }
    }
    Optional<PieceType> known = PieceType.of(type);
    if (text.isEmpty() || known.isEmpty()) {
      throw Checks.refuse(
          "%s: piece %d is '%s' of type %d; expected a text and a type from 1 to 6",
          file, pieces.size(), text, type);
    }
    pieces.add(new Piece(text, score, known.get()));
  }

  private void trainer(ProtoReader proto) {
    for (int field = proto.next(); field != 0; field = proto.next()) {
      switch (field) {
        case 3 -> modelType = proto.integer();
        case 24 -> atEnd = proto.bool();
        case 41 -> bos = proto.integer();
        case 42 -> eos = proto.integer();
        case 44 -> surface = proto.text();
        default -> {}
      }
    }
  }

  private void normalizer(ProtoReader proto) {
    for (int field = proto.next(); field != 0; field = proto.next()) {
      switch (field) {
        case 2 -> {
          if (proto.bytes().hasRemaining()) {
            characters = new CharacterMap(proto.bytes(), file);
          }
        }
        case 3 -> dummyPrefix = proto.bool();
        case 4 -> removeExtra = proto.bool();
        case 5 -> escape = proto.bool();
        default -> {}
      }
    }
  }

  /**
   * Reads llama2.c's format: the length of the longest token, then score, length and bytes of each.
   * The first three are unknown, beginning and end, the next 256 are bytes.
   */
  static Tokenizer readLlama2c(Path file) {
    SentencePieceFile model = new SentencePieceFile(file);
    model.modelType = BPE;
    model.removeExtra = false;
    ByteBuffer in = model.content();
    int longest = in.remaining() < 4 ? -1 : in.getInt();
    while (in.hasRemaining()) {
      int id = model.pieces.size();
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
      model.pieces.add(new Piece(piece, score, llama2cType(id)));
    }
    Checks.require(
        model.pieces.size() > SPECIALS + BYTES,
        "%s: has %d tokens; expected more than the 3 special ones and 256 bytes",
        file,
        model.pieces.size());
    return model.tokenizer();
  }

  private static PieceType llama2cType(int id) {
    if (id < SPECIALS) {
      return id == 0 ? PieceType.UNKNOWN : PieceType.CONTROL;
    }
    return id < SPECIALS + BYTES ? PieceType.BYTE : PieceType.NORMAL;
  }

  private Tokenizer tokenizer() {
    Checks.require(
        modelType == UNIGRAM || modelType == BPE,
        "%s: trainer_spec.model_type is %d; supported are 1 (unigram) and 2 (BPE)",
        file,
        modelType);
    PieceList list = new PieceList(pieces, file);
    PieceNormalizer.Rules rules =
        new PieceNormalizer.Rules(characters, dummyPrefix, removeExtra, escape, atEnd);
    Vocabulary vocabulary = list.vocabulary();
    boolean words = modelType == BPE && isCutAtBlanks(vocabulary);
    return new PipelineTokenizer(
        new PipelineTokenizer.Parts(
            vocabulary,
            List.of(),
            list.ids(PieceType.CONTROL),
            new PieceNormalizer(rules, list),
            words ? blanks() : PreTokenizer.whole(),
            modelType == BPE ? new CachedModel(new ScoredBpe(list)) : new Unigram(list),
            new PieceDecoder(pieces.get(list.unknown()).text(), surface, rules),
            special(bos),
            special(eos)));
  }

  /** Whether no piece reaches over the start of a word, so that words can be encoded alone. */
  private boolean isCutAtBlanks(Vocabulary vocabulary) {
    return vocabulary.idOr(PieceList.BLANK) >= 0
        && pieces.stream().noneMatch(piece -> piece.text().matches("(?s).*[^\u2581]\u2581.*"));
  }

  private static PreTokenizer blanks() {
    return new SplitAt(
        Patterns.compile("(?<=[^\u2581])(?=\u2581)", "blanks"), SplitAt.Behavior.ISOLATED, false);
  }

  private OptionalInt special(int id) {
    return id >= 0 && id < pieces.size() ? OptionalInt.of(id) : OptionalInt.empty();
  }
}
