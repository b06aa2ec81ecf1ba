package org.seal4j.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.JsonField;

/** Reads {@code tokenizer.json} of Hugging Face's library; what it does not know is refused. */
record TokenizerJson(JsonField file, SpecialTokens specials) {
  private static final List<String> KEYS =
      keys(
          "version truncation padding added_tokens normalizer pre_tokenizer post_processor"
              + " decoder");
  private static final List<String> BPE_KEYS =
      keys(
          "type dropout unk_token continuing_subword_prefix end_of_word_suffix fuse_unk"
              + " byte_fallback ignore_merges");
  private static final List<String> WORD_PIECE_KEYS =
      keys("type continuing_subword_prefix max_input_chars_per_word");

  private static List<String> keys(String keys) {
    return List.of(keys.split(" "));
  }

  Tokenizer read() {
    file.object(List.of("model"), KEYS);
    for (String key : List.of("truncation", "padding")) {
      if (file.optional(key).isPresent()) {
        throw file.at(key).refuse("null, for texts keep their length; edit the file");
      }
    }
    JsonField model = file.member("model");
    Vocabulary own = Vocabulary.read(model.member("vocab"));
    List<AddedToken> added = added(own);
    added.addAll(specials.missing(added, own));
    specials.requireNoOther();
    PrefixSpace prefix = new PrefixSpace(specials);
    prefix.requireAsIn(file);
    Vocabulary all = own.with(added);
    PostProcessor template = PostProcessor.read(file.optional("post_processor"), all);
    return new PipelineTokenizer(
        new PipelineTokenizer.Parts(
            all,
            added,
            List.of(),
            file.optional("normalizer")
                .map(StepReaders::normalizer)
                .orElse(UnaryOperator.identity()),
            file.optional("pre_tokenizer")
                .map(prefix::configured)
                .map(StepReaders::preTokenizer)
                .orElse(PreTokenizer.whole()),
            new SubwordModel.Cached(model(model, own)),
            file.optional("decoder")
                .map(StepReaders::decoder)
                .orElse(list -> List.of(String.join(" ", list))),
            specials.first(all, file.file(), template.first()),
            specials.role("eos_token", all, file.file(), end(template, added))));
  }

  private List<AddedToken> added(Vocabulary own) {
    List<AddedToken> added = new ArrayList<>();
    if (file.node().path("added_tokens").isEmpty()) {
      return added;
    }
    for (JsonField token : file.member("added_tokens").items("added tokens")) {
      AddedToken one = SpecialTokens.added(token, token.member("id").count());
      int known = own.idOr(one.content());
      if (known >= 0 && known != one.id()) {
        throw token
            .member("id")
            .refuse(known + ", the id of '" + one.content() + "' in /model/vocab");
      }
      added.add(one);
    }
    return added;
  }

  private SubwordModel model(JsonField model, Vocabulary vocabulary) {
    String type = model.text("type", model.has("merges") ? "BPE" : "");
    return switch (type) {
      case "BPE" -> bpe(model, vocabulary);
      case "WordPiece" -> wordPiece(model, vocabulary);
      default -> throw model.member("type").refuse("one of the supported [BPE, WordPiece]");
    };
  }

  private static SubwordModel bpe(JsonField model, Vocabulary vocabulary) {
    model.object(List.of("vocab", "merges"), BPE_KEYS);
    if (model.optional("dropout").filter(one -> one.node().asDouble(1) != 0).isPresent()) {
      throw model.at("dropout").refuse("null or 0, for the same text must give the same ids");
    }
    BpeModel.Options options =
        new BpeModel.Options(
            model.text("unk_token", ""),
            model.text("continuing_subword_prefix", ""),
            model.text("end_of_word_suffix", ""),
            model.bool("fuse_unk", false),
            model.bool("byte_fallback", false),
            model.bool("ignore_merges", false));
    Checks.require(
        options.unknown().isEmpty() || vocabulary.idOr(options.unknown()) >= 0,
        "%s: /model/unk_token '%s' is not in /model/vocab",
        model.file(),
        options.unknown());
    return new BpeModel(
        vocabulary, merges(model.member("merges"), vocabulary, options.prefix()), options);
  }

  private static Merges merges(JsonField field, Vocabulary vocabulary, String prefix) {
    JsonNode list = field.node();
    if (!list.isArray()) {
      throw field.refuse("a list of merges");
    }
    Merges.Reader reader = new Merges.Reader(vocabulary, prefix, list.size());
    for (int rank = 0; rank < list.size(); rank++) {
      JsonNode merge = list.path(rank);
      String place = field.file() + ": " + field.pointer() + "/" + rank;
      if (merge.isTextual()) {
        reader.add(merge.textValue(), place);
      } else {
        Checks.require(
            merge.isArray() && merge.size() == 2,
            "%s is %s; expected \"left right\" or [\"left\", \"right\"]",
            place,
            merge);
        reader.add(merge.path(0).asText(), merge.path(1).asText(), place);
      }
    }
    return reader.merges();
  }

  private static SubwordModel wordPiece(JsonField model, Vocabulary vocabulary) {
    model.object(List.of("vocab", "unk_token"), WORD_PIECE_KEYS);
    JsonField unknown = model.member("unk_token");
    if (vocabulary.idOr(unknown.text()) < 0) {
      throw unknown.refuse("a token of /model/vocab");
    }
    return new WordPieceModel(
        vocabulary,
        vocabulary.idOr(unknown.text()),
        model.text("continuing_subword_prefix", "##"),
        model.optional("max_input_chars_per_word").map(JsonField::count).orElse(100));
  }

  /** The template's word, else the one name that is always an end. */
  private static OptionalInt end(PostProcessor template, List<AddedToken> added) {
    return template.last().isPresent()
        ? template.last()
        : added.stream()
            .filter(one -> one.content().equals("<|endoftext|>"))
            .mapToInt(AddedToken::id)
            .findFirst();
  }
}
