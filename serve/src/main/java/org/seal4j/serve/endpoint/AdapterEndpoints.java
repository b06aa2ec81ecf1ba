package org.seal4j.serve.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.adapter.AdapterVersion;
import org.seal4j.serve.adapter.NameTakenException;
import org.seal4j.serve.adapter.UnknownAdapterException;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.job.Job;
import org.seal4j.serve.job.Jobs;
import org.seal4j.serve.protocol.Fields;

/**
 * {@code /v1/load_lora_adapter} and {@code /v1/unload_lora_adapter}, with the sentences of vLLM.
 */
final class AdapterEndpoints {
  private static final String TEXT = "text/plain; charset=utf-8";

  private final ServedModel served;
  private final AccessGate gate;
  private final Jobs jobs;

  AdapterEndpoints(ServedModel served, AccessGate gate, Jobs jobs) {
    this.served = served;
    this.gate = gate;
    this.jobs = jobs;
  }

  void load(Call call, Reply reply, JsonNode json) {
    Fields body = new Fields(json);
    String name = body.text("lora_name").orElse("");
    String path = body.text("lora_path").orElse("");
    if (name.isEmpty() || path.isEmpty()) {
      throw ApiException.badRequest("Both 'lora_name' and 'lora_path' must be provided.");
    }
    boolean inPlace = body.flag("load_inplace", false);
    boolean pinned = body.flag("pinned", false);
    Job job =
        new Job(
            call.id(),
            Job.Kind.LOAD,
            name,
            gate.caller(call),
            System.nanoTime(),
            () -> 0,
            Optional.empty());
    jobs.run(job, () -> load(reply, name, () -> served.shelf().load(name, path, inPlace, pinned)));
  }

  private static void load(Reply reply, String name, Supplier<AdapterVersion> loading) {
    AdapterVersion version;
    try {
      version = loading.get();
    } catch (NameTakenException e) {
      throw ApiException.badRequest(
          "The lora adapter '%s' has already been loaded. If you want to load the adapter in place,"
                  .formatted(name)
              + " set 'load_inplace' to True.");
    } catch (UnknownAdapterException e) {
      throw ApiException.notFound(String.valueOf(e.getMessage()));
    } catch (InputException e) {
      throw ApiException.badRequest(String.valueOf(e.getMessage()));
    }
    reply.header("X-Seal-Adapter", version.pinned());
    Json200.text(reply, TEXT, "Success: LoRA adapter '%s' added successfully.".formatted(name));
  }

  void unload(Call call, Reply reply, JsonNode json) {
    String name = new Fields(json).text("lora_name").orElse("");
    if (name.isEmpty()) {
      throw ApiException.badRequest("'lora_name' needs to be provided to unload a LoRA adapter.");
    }
    try {
      served.shelf().unload(name);
    } catch (UnknownAdapterException e) {
      throw ApiException.notFound(
          "The lora adapter '%s' cannot be found.".formatted(Shown.text(name)));
    }
    Json200.text(reply, TEXT, "Success: LoRA adapter '%s' removed successfully.".formatted(name));
  }
}
