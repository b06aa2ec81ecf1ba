package org.seal4j.data.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.seal4j.data.json.JsonField;

/**
 * {@code add_prefix_space} of {@code tokenizer_config.json}, the blank before a text, as Hugging
 * Face's transformers (4.57) takes it: a ByteLevel step goes by it, left out it means false, null
 * leaves the step as it is. LlamaTokenizer makes its tokenizer anew where the key says something,
 * by {@code legacy} too; only what {@code tokenizer.json} does anyway is read.
 */
record PrefixSpace(SpecialTokens specials) {
  private static final String KEY = "add_prefix_space";
  private static final String LLAMA = "LlamaTokenizer(Fast)?";

  /** The step that cuts texts, as the configuration has it. */
  JsonField configured(JsonField step) {
    Optional<JsonField> config = specials.config();
    boolean goesByIt = step.text("type", "").equals("ByteLevel") && step.has(KEY);
    if (config.isEmpty() || !goesByIt || config.get().at(KEY).node().isNull()) {
      return step;
    }
    ObjectNode configured = step.node().deepCopy();
    configured.put(KEY, specials.setting(KEY).map(JsonField::bool).orElse(false));
    return new JsonField(step.file(), step.pointer(), configured);
  }

  /**
   * Refuses a setting that makes another tokenizer than the file of LlamaTokenizer describes.
   *
   * @param file the whole of {@code tokenizer.json}
   */
  void requireAsIn(JsonField file) {
    Optional<JsonField> said = ofLlama().filter(setting -> !setting.node().isNull());
    if (said.isEmpty()) {
      return;
    }
    String steps = file.at("normalizer").node() + " " + file.at("pre_tokenizer").node();
    boolean always = steps.contains("\"Prepend\"") || steps.contains("\"always\"");
    boolean first = steps.contains("\"first\"");
    if (said.get().bool() != (always || first)) {
      throw said.get().refuse((always || first) + ", which " + named(file) + " says; edit one");
    }
    boolean legacy = specials.setting("legacy").map(JsonField::bool).orElse(true);
    if (said.get().bool() && legacy != always) {
      throw said.get()
          .refuse("null, since legacy is %s and %s is not".formatted(legacy, named(file)));
    }
  }

  /** Refuses texts without a blank before them, where a SentencePiece model has one. */
  void requireBlank() {
    Optional<JsonField> said = ofLlama();
    if (said.isPresent() && (said.get().node().isNull() || !said.get().bool())) {
      throw said.get().refuse("true, which the SentencePiece model says; edit the file");
    }
  }

  /** The setting, be it null, of a tokenizer of the class that is made anew by it. */
  private Optional<JsonField> ofLlama() {
    boolean llama =
        specials.setting("tokenizer_class").map(JsonField::text).orElse("").matches(LLAMA);
    return specials.config().filter(file -> llama && file.has(KEY)).map(file -> file.at(KEY));
  }

  private static Object named(JsonField file) {
    return String.valueOf(file.file().getFileName());
  }
}
