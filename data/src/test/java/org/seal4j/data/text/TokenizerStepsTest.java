package org.seal4j.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;

/**
 * Single steps of {@code tokenizer.json} against the Rust library. The model knows each character
 * at the start of a piece and inside one as different tokens, so that ids show where text was cut.
 */
@Tag("peer")
class TokenizerStepsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int TEXTS = 60;

  @TempDir private Path folder;

  private static String character(int number) {
    return RandomTexts.text("steps", number);
  }

  private Path file(String edits) throws IOException {
    Set<String> characters = new TreeSet<>();
    for (int i = 0; i < TEXTS; i++) {
      String text = character(i);
      for (String form :
          new String[] {
            text,
            ByteAlphabet.write(text),
            Normalizers.lowercase(text),
            java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKD),
            java.text.Normalizer.normalize(text, java.text.Normalizer.Form.NFKC)
          }) {
        form.codePoints().forEach(c -> characters.add(Character.toString(c)));
      }
    }
    "\u2581Ġxy<[]mask>\u0307".codePoints().forEach(c -> characters.add(Character.toString(c)));
    ObjectNode root = (ObjectNode) MAPPER.readTree(edits);
    root.put("version", "1.0");
    if (!root.has("added_tokens")) {
      root.putArray("added_tokens");
    }
    ObjectNode model =
        root.putObject("model")
            .put("type", "WordPiece")
            .put("unk_token", "[UNK]")
            .put("continuing_subword_prefix", "##")
            .put("max_input_chars_per_word", 100_000);
    ObjectNode vocab = model.putObject("vocab").put("[UNK]", 0);
    for (String one : characters) {
      vocab.put(one, vocab.size());
      vocab.put("##" + one, vocab.size());
    }
    Path file = folder.resolve("tokenizer.json");
    MAPPER.writeValue(file.toFile(), root);
    return file;
  }

  private void assertLikeRust(String edits) throws IOException {
    Path file = file(edits);
    Tokenizer ours = Tokenizers.load(file);
    try (RustTokenizer rust = new RustTokenizer(file)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = character(i);
        int[] ids = rust.encode(text);
        assertThat(ours.encode(text)).as(RandomTexts.label(i, text)).isEqualTo(ids);
        assertThat(ours.decode(ids)).as(RandomTexts.label(i, text)).isEqualTo(rust.decode(ids));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}",
        "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'first','split':true}",
        "{'type':'Metaspace','replacement':'▁','prepend_scheme':'never','split':false}",
        "{'type':'Metaspace','replacement':'▁','add_prefix_space':true}",
        "{'type':'Digits','individual_digits':true}",
        "{'type':'Digits','individual_digits':false}",
        "{'type':'Punctuation','behavior':'Isolated'}",
        "{'type':'Punctuation','behavior':'Removed'}",
        "{'type':'Punctuation','behavior':'Contiguous'}",
        "{'type':'Punctuation','behavior':'MergedWithPrevious'}",
        "{'type':'Punctuation','behavior':'MergedWithNext'}",
        "{'type':'Whitespace'}",
        "{'type':'WhitespaceSplit'}",
        "{'type':'CharDelimiterSplit','delimiter':'e'}",
        "{'type':'Split','pattern':{'String':' '},'behavior':'MergedWithNext','invert':false}",
        "{'type':'Split','pattern':{'Regex':'[a-e]+'},'behavior':'Removed','invert':true}",
        "{'type':'Split','pattern':{'Regex':'\\\\p{N}{1,3}'},'behavior':'Isolated','invert':false}",
        "{'type':'Split','pattern':{'Regex':'\\\\p{Han}+|\\\\p{P}|\\\\p{^L}'},"
            + "'behavior':'Isolated','invert':false}",
        // the expression of Llama 3
        "{'type':'Split','pattern':{'Regex':\"(?i:'s|'t|'re|'ve|'m|'ll|'d)|"
            + "[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}|"
            + " ?[^\\\\s\\\\p{L}\\\\p{N}]+[\\\\r\\\\n]*|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|"
            + "\\\\s+\"},'behavior':'Isolated','invert':false}",
        // the expression of o200k
        "{'type':'Split','pattern':{'Regex':\"[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?[\\\\p{Lu}\\\\p{Lt}"
            + "\\\\p{Lm}\\\\p{Lo}\\\\p{M}]*[\\\\p{Ll}\\\\p{Lm}\\\\p{Lo}\\\\p{M}]+"
            + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\\\p{N}{1,3}|\\\\s+(?!\\\\S)|\\\\s+\"},"
            + "'behavior':'Isolated','invert':false}",
        "{'type':'Sequence','pretokenizers':[{'type':'WhitespaceSplit'},"
            + "{'type':'Digits','individual_digits':true},"
            + "{'type':'Metaspace','replacement':'▁','prepend_scheme':'first','split':true}]}"
      })
  void pre_tokenizers_cut_as_the_rust_library_does(String step) throws IOException {
    assertLikeRust("{\"pre_tokenizer\":%s}".formatted(json(step)));
  }

  /** Single quotes outside of double-quoted text stand for double ones. */
  private static String json(String step) {
    StringBuilder json = new StringBuilder();
    boolean quoted = false;
    for (char c : step.toCharArray()) {
      quoted ^= c == '"';
      json.append(c == '\'' && !quoted ? '"' : c);
    }
    return json.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'NFC'}",
        "{'type':'NFD'}",
        "{'type':'NFKC'}",
        "{'type':'NFKD'}",
        "{'type':'Lowercase'}",
        "{'type':'StripAccents'}",
        "{'type':'Prepend','prepend':'▁'}",
        "{'type':'Strip','strip_left':true,'strip_right':false}",
        "{'type':'Strip','strip_left':true,'strip_right':true}",
        "{'type':'Replace','pattern':{'String':' '},'content':'▁'}",
        "{'type':'Replace','pattern':{'Regex':'[a-f]+'},'content':'x'}",
        "{'type':'Sequence','normalizers':[{'type':'NFD'},{'type':'StripAccents'},"
            + "{'type':'Lowercase'}]}"
      })
  void normalizers_rewrite_as_the_rust_library_does(String step) throws IOException {
    assertLikeRust("{\"normalizer\":%s}".formatted(json(step)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'WordPiece','prefix':'##','cleanup':true}",
        "{'type':'WordPiece','prefix':'##','cleanup':false}",
        "{'type':'Fuse'}",
        "{'type':'ByteFallback'}",
        "{'type':'Metaspace','replacement':'e','prepend_scheme':'always','split':true}",
        "{'type':'Metaspace','replacement':'e','prepend_scheme':'never','split':true}",
        "{'type':'BPEDecoder','suffix':'e'}",
        "{'type':'ByteLevel','add_prefix_space':true,'trim_offsets':true,'use_regex':true}",
        "{'type':'Sequence','decoders':[{'type':'Replace','pattern':{'String':'##'},"
            + "'content':''},{'type':'Fuse'},{'type':'Strip','content':' ','start':2,'stop':1}]}"
      })
  void decoders_write_as_the_rust_library_does(String step) throws IOException {
    assertLikeRust("{\"decoder\":%s}".formatted(json(step)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'normalized':false,'special':true",
        "'normalized':true,'special':true",
        "'normalized':true,'special':false",
        "'normalized':false,'special':true,'lstrip':true",
        "'normalized':false,'special':true,'rstrip':true",
        "'normalized':true,'special':false,'lstrip':true,'rstrip':true",
        "'normalized':false,'special':false,'single_word':true",
        "'normalized':true,'special':true,'single_word':true,'lstrip':true"
      })
  void added_tokens_are_found_as_in_the_rust_library(String flags) throws IOException {
    String template =
        "{'added_tokens':[%s],'normalizer':{'type':'Sequence','normalizers':["
            + "{'type':'Lowercase'},{'type':'Prepend','prepend':'▁'}]}}";
    StringBuilder tokens = new StringBuilder();
    int id = 1_000_000;
    for (String content : new String[] {"<|endoftext|>", "<|en", "[EOS]", "the", "ing", "12"}) {
      String all = flags;
      for (String flag : new String[] {"lstrip", "rstrip", "single_word"}) {
        all += all.contains(flag) ? "" : ",'%s':false".formatted(flag);
      }
      tokens.append(tokens.isEmpty() ? "" : ",");
      tokens.append("{'id':%d,'content':'%s',%s}".formatted(id++, content, all));
    }
    Path file = file(json(template.formatted(tokens)));
    ObjectNode root = (ObjectNode) MAPPER.readTree(file.toFile());
    int free = root.path("model").path("vocab").size();
    for (int i = 0; i < root.path("added_tokens").size(); i++) {
      ((ObjectNode) root.path("added_tokens").path(i)).put("id", free + i);
    }
    MAPPER.writeValue(file.toFile(), root);
    Tokenizer ours = Tokenizers.load(file);
    try (RustTokenizer rust = new RustTokenizer(file)) {
      for (int i = 0; i < TEXTS; i++) {
        String text = character(i) + " THE <|EndOfText|> the12 <|endoftext|> ing" + character(i);
        assertThat(ours.encode(text)).as(RandomTexts.label(i, text)).isEqualTo(rust.encode(text));
      }
    }
  }

  @Test
  void unknown_steps_and_keys_are_refused_with_their_place() throws IOException {
    assertRefused("{'normalizer':{'type':'Nmt'}}", "/normalizer/type", "\"Nmt\"", "Lowercase");
    assertRefused(
        "{'decoder':{'type':'Sequence','decoders':[{'type':'CTC'}]}}",
        "/decoder/decoders/0/type",
        "ByteFallback");
    assertRefused(
        "{'pre_tokenizer':{'type':'Whitespace','pattern':'x'}}", "/pre_tokenizer/pattern");
    assertRefused(
        "{'pre_tokenizer':{'type':'Punctuation','behavior':'Odd'}}",
        "/pre_tokenizer/behavior",
        "MergedWithNext");
    assertRefused("{'truncation':{'max_length':512}}", "/truncation", "null");
    assertRefused(
        "{'post_processor':{'type':'Odd'}}", "/post_processor/type", "TemplateProcessing");
    assertRefused("{'strange':1}", "/strange");
    assertRefused(
        "{'pre_tokenizer':{'type':'Split','pattern':{'Regex':'(a'},'behavior':'Isolated'}}",
        "/pre_tokenizer/pattern/Regex",
        "(a");
  }

  private void assertRefused(String edits, String... parts) throws IOException {
    Path file = file(json(edits));
    assertThatThrownBy(() -> Tokenizers.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void a_model_must_hang_together() throws IOException {
    assertModelRefused("{'type':'Unigram','vocab':{}}", "/model/type", "BPE");
    assertModelRefused("{'type':'BPE','vocab':{'a':0},'merges':['a b']}", "/model/merges/0", "'b'");
    assertModelRefused("{'type':'BPE','vocab':{'a':0,'b':0},'merges':[]}", "'a' and 'b'");
    assertModelRefused(
        "{'type':'BPE','vocab':{'a':0},'merges':['a']}", "/model/merges/0", "one blank");
    assertModelRefused(
        "{'type':'BPE','dropout':0.1,'vocab':{'a':0},'merges':[]}", "/model/dropout");
    assertModelRefused(
        "{'type':'BPE','unk_token':'?','vocab':{'a':0},'merges':[]}", "/model/unk_token");
  }

  private void assertModelRefused(String model, String... parts) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, "{\"model\":%s}".formatted(json(model)));
    assertThatThrownBy(() -> Tokenizers.load(file))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("tokenizer.json");
  }

  @Test
  void a_character_without_token_is_refused_and_so_is_half_a_character() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, json("{'model':{'type':'BPE','vocab':{'a':0},'merges':[]}}"));
    Tokenizer tokenizer = Tokenizers.load(file);
    assertThat(tokenizer.encode("aa")).containsExactly(0, 0);
    assertThatThrownBy(() -> tokenizer.encode("ab")).hasMessageContaining("U+0062");
    assertThatThrownBy(() -> tokenizer.encode("a\ud800")).hasMessageContaining("position 1");
    assertThatThrownBy(() -> tokenizer.decode(new int[] {1})).hasMessageContaining("token id 1");
  }

  @Test
  void a_folder_without_tokenizer_says_what_was_looked_for() {
    assertThatThrownBy(() -> Tokenizers.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("tokenizer.json", "vocab.json", "vocab.bpe");
    assertThatThrownBy(() -> Tokenizers.load(folder.resolve("none.json")))
        .hasMessageContaining("no such file");
  }
}
