package org.seal4j.serve.endpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.generate.PooledStates;
import org.seal4j.model.plan.Worker;
import org.seal4j.serve.http.ApiException;

/** Vectors of texts: the mean of the model's last hidden states. One text at a time. */
final class Embedder implements AutoCloseable {
  private final TextModel model;
  private final Worker worker;
  private final PooledStates states;

  Embedder(TextModel model) {
    this.model = model;
    worker = new Worker(model.engine());
    states = new PooledStates(model.folder().weights(), worker);
  }

  /** The vector of a text. */
  synchronized float[] of(int[] ids) {
    if (ids.length == 0) {
      throw ApiException.badField("input", "a text without a token has no vector; give it a word");
    }
    if (ids.length > model.context()) {
      throw ApiException.badField(
              "input",
              "a text has %d tokens but the model reads at most %d"
                  .formatted(ids.length, model.context()))
          .withCode("context_length_exceeded");
    }
    return states.of(ids);
  }

  /** A vector as answers have it. */
  static Map<String, Object> json(int index, float[] vector, boolean base64) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "embedding");
    json.put("index", index);
    json.put("embedding", base64 ? base64(vector) : list(vector));
    return json;
  }

  private static List<Float> list(float[] vector) {
    List<Float> list = new ArrayList<>(vector.length);
    for (float value : vector) {
      list.add(value);
    }
    return list;
  }

  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  @Override
  public synchronized void close() {
    states.close();
    worker.close();
  }
}
