package org.seal4j.serve.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.seal4j.serve.adapter.AdapterVersion;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Reply;

/** {@code /v1/models} and one of them. */
final class ModelEndpoints {
  private final ServedModel served;

  ModelEndpoints(ServedModel served) {
    this.served = served;
  }

  void list(Call call, Reply reply) {
    List<Object> all = new ArrayList<>();
    all.add(base());
    served.shelf().versions().forEach(version -> all.add(adapter(version)));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "list");
    json.put("data", all);
    Json200.send(reply, json);
  }

  void one(Call call, Reply reply) {
    String name = call.last();
    if (name.equals(served.name())) {
      Json200.send(reply, base());
      return;
    }
    Json200.send(reply, adapter(served.version(name)));
  }

  private Map<String, @Nullable Object> base() {
    return model(
        served.name(),
        String.valueOf(served.model().folder().source().getFileName()),
        null,
        served.created());
  }

  private Map<String, @Nullable Object> adapter(AdapterVersion version) {
    long since =
        served.shelf().since(version).map(Instant::getEpochSecond).orElse(served.created());
    Map<String, @Nullable Object> json =
        model(version.name(), version.name() + "/" + version.hash(), served.name(), since);
    json.put("hash", version.hash());
    json.put("pinned_id", version.pinned());
    return json;
  }

  private Map<String, @Nullable Object> model(
      String id, String root, @Nullable String parent, long created) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("object", "model");
    json.put("created", created);
    json.put("owned_by", "seal4j");
    json.put("root", root);
    json.put("parent", parent);
    json.put("max_model_len", served.model().context());
    json.put("permission", List.of());
    return json;
  }
}
