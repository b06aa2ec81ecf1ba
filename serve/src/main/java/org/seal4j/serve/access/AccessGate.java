package org.seal4j.serve.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.file.ContentHash;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Front;

/**
 * Lets requests in: by their key, its scopes and its rate. Without keys everybody who reaches the
 * server may do all, and the name of the host that is asked must be one of the server's own, so
 * that no page of another site speaks to it under a name of its own.
 */
public final class AccessGate implements Front.Gate {
  /** What needs no key. */
  private static final Set<String> OPEN = Set.of("/", "/health", "/openapi.json");

  private static final Set<String> LOADING =
      Set.of("/v1/load_lora_adapter", "/v1/unload_lora_adapter");

  /** What any key may, as often as it likes: it costs nothing. */
  private static final Set<String> WATCHING =
      Set.of("/v1/jobs", "/v1/jobs/*", "/metrics", "/v1/models", "/v1/models/*");

  private static final Set<String> OWN_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  private final List<ApiKey> keys;
  private final List<Rate> rates = new ArrayList<>();
  private final List<String> hosts;

  /**
   * @param hosts further names that the server is asked by
   * @param nanos a clock that only runs forward
   */
  public AccessGate(List<ApiKey> keys, List<String> hosts, LongSupplier nanos) {
    this.keys = List.copyOf(keys);
    this.hosts = List.copyOf(hosts);
    keys.forEach(key -> rates.add(new Rate(key.perMinute(), nanos)));
  }

  @Override
  public void admit(Call call, String path) {
    if (keys.isEmpty()) {
      requireOwnHost(call);
      return;
    }
    if (OPEN.contains(path)) {
      return;
    }
    int index = index(call);
    if (index < 0) {
      throw ApiException.of(
              401, "no key of this server came with the request; send Authorization: Bearer KEY")
          .withCode("invalid_api_key");
    }
    if (WATCHING.contains(path)) {
      return;
    }
    Scope needed = LOADING.contains(path) ? Scope.LOAD : Scope.ASK;
    if (!keys.get(index).scopes().contains(needed)) {
      throw ApiException.of(
              403,
              "this key does not have the scope %s"
                  .formatted(needed.name().toLowerCase(Locale.ROOT)))
          .withCode("insufficient_scope");
    }
    int wait = rates.get(index).take();
    if (wait > 0) {
      throw ApiException.busy(
          "this key allows %d requests in a minute".formatted(keys.get(index).perMinute()), wait);
    }
  }

  /** Who asks. */
  public Caller caller(Call call) {
    if (keys.isEmpty()) {
      return new Caller("-", call.remote().hashCode());
    }
    int index = index(call);
    return index < 0 ? new Caller("-", -1) : new Caller(keys.get(index).name(), index);
  }

  /** Which key came with a request; below 0 for none. All keys are looked at. */
  private int index(Call call) {
    String key = bearer(call);
    if (key == null) {
      return -1;
    }
    String hash = ContentHash.ofText(key);
    int found = -1;
    for (int i = 0; i < keys.size(); i++) {
      found = keys.get(i).matches(hash) ? i : found;
    }
    return found;
  }

  private static @Nullable String bearer(Call call) {
    String header = call.header("authorization").orElse("");
    return header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).trim() : null;
  }

  private void requireOwnHost(Call call) {
    String host = call.header("host").orElse("").toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    if (!OWN_HOSTS.contains(name) && !hosts.contains(name)) {
      throw ApiException.of(
          403,
          "this server does not go by the name that it was asked by; name it in listen.hosts, or use"
              + " keys");
    }
  }
}
