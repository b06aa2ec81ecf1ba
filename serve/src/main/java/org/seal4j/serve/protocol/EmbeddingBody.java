package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.seal4j.serve.http.ApiException;

/**
 * A body of {@code /v1/embeddings}.
 *
 * @param model as it was named
 * @param inputs the texts
 * @param base64 whether vectors are sent as little-endian floats in Base64
 */
public record EmbeddingBody(String model, List<PromptText> inputs, boolean base64) {
  public EmbeddingBody {
    inputs = List.copyOf(inputs);
  }

  /** Reads one. */
  public static EmbeddingBody of(JsonNode json, int vocabulary) {
    Fields body = new Fields(json);
    Unsupported.refuse(body);
    Unsupported.refuse(body, "add_special_tokens", true);
    if (body.has("dimensions")) {
      throw ApiException.badField(
              "dimensions", "vectors have the width of the model; leave the field 'dimensions' out")
          .withCode("unsupported_parameter");
    }
    String form = body.text("encoding_format").orElse("float");
    body.require("encoding_format", form.matches("float|base64"), "float or base64");
    return new EmbeddingBody(
        body.needed("model"), PromptText.several(body, "input", vocabulary), form.equals("base64"));
  }
}
