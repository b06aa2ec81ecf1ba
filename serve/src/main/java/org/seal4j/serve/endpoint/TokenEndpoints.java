package org.seal4j.serve.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.InputException;
import org.seal4j.serve.adapter.ChosenAdapters;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.protocol.EmbeddingBody;
import org.seal4j.serve.protocol.PromptText;
import org.seal4j.serve.protocol.TokenizeBody;

/** {@code /tokenize}, {@code /detokenize} and {@code /v1/embeddings}. */
final class TokenEndpoints {
  private final ServedModel served;
  private final Embedder embedder;

  TokenEndpoints(ServedModel served, Embedder embedder) {
    this.served = served;
    this.embedder = embedder;
  }

  void tokenize(Call call, Reply reply, JsonNode json) {
    TokenizeBody body = TokenizeBody.of(json);
    int[] ids = ids(body);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("count", ids.length);
    answer.put("max_model_len", served.model().context());
    answer.put("tokens", ids);
    Json200.send(reply, answer);
  }

  private int[] ids(TokenizeBody body) {
    ChosenAdapters adapters = served.choose(body.model().orElse(served.name()), "");
    if (!body.messages().isEmpty()) {
      return served.answering().chat(body.messages(), adapters).ids();
    }
    try {
      return body.started()
          ? served.model().encode(body.text())
          : served.model().tokenizer().encode(body.text());
    } catch (InputException e) {
      throw ApiException.badField("prompt", String.valueOf(e.getMessage()));
    }
  }

  void detokenize(Call call, Reply reply, JsonNode json) {
    TokenizeBody.model(json).ifPresent(named -> served.choose(named, ""));
    int[] ids = TokenizeBody.ids(json, served.model().tokenizer().vocabSize());
    String text = served.model().tokenizer().decode(ids);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("prompt", text);
    answer.put("content", text);
    Json200.send(reply, answer);
  }

  void embed(Call call, Reply reply, JsonNode json) {
    EmbeddingBody body = EmbeddingBody.of(json, served.vocabulary());
    if (!served.choose(body.model(), "").adapters().isEmpty()) {
      throw ApiException.badField(
          "model", "vectors are those of the model itself; name " + served.name());
    }
    List<Object> data = new ArrayList<>();
    long tokens = 0;
    for (PromptText input : body.inputs()) {
      int[] ids = served.answering().ids(input, "input");
      tokens += ids.length;
      data.add(Embedder.json(data.size(), embedder.of(ids), body.base64()));
    }
    Map<String, Object> usage = new LinkedHashMap<>();
    usage.put("prompt_tokens", tokens);
    usage.put("total_tokens", tokens);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", "list");
    answer.put("data", data);
    answer.put("model", served.name());
    answer.put("usage", usage);
    Json200.send(reply, answer);
  }
}
