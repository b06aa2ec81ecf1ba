package org.seal4j.serve.endpoint;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.seal4j.data.check.Shown;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.job.Job;
import org.seal4j.serve.job.Jobs;

/** {@code /v1/jobs}: what the server does for the key that asks, and its end. */
final class JobEndpoints {
  private final Jobs jobs;
  private final AccessGate gate;

  JobEndpoints(Jobs jobs, AccessGate gate) {
    this.jobs = jobs;
    this.gate = gate;
  }

  void list(Call call, Reply reply) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "list");
    json.put("data", jobs.of(gate.caller(call)).stream().map(JobEndpoints::json).toList());
    Json200.send(reply, json);
  }

  private static Map<String, Object> json(Job job) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", job.id());
    json.put("object", "job");
    json.put("kind", job.kind().name().toLowerCase(Locale.ROOT));
    json.put("model", job.model());
    json.put("seconds", Math.round((System.nanoTime() - job.began()) * 1e-8) / 10.0);
    json.put("tokens", job.tokens().getAsInt());
    json.put("can_end", job.ends().isPresent());
    return json;
  }

  void end(Call call, Reply reply) {
    Job job =
        jobs.find(call.last(), gate.caller(call))
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "there is no job %s of this key now; GET /v1/jobs names those that are"
                            .formatted(Shown.text(call.last()))));
    job.ends()
        .orElseThrow(
            () ->
                ApiException.of(
                    409,
                    "an adapter that is being loaded is not stopped; unload it when it is there"))
        .run();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", job.id());
    json.put("object", "job");
    json.put("ended", true);
    Json200.send(reply, json);
  }
}
