package org.seal4j.serve;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.serving.DecodingOptions;
import org.seal4j.serve.access.ApiKey;
import org.seal4j.serve.adapter.AdapterLimits;
import org.seal4j.serve.http.HttpLimits;

/**
 * How a server is set up: the keys of {@code serve.yaml}.
 *
 * @param listen where it listens
 * @param answers what answers may cost
 * @param http what a client may cost before it is answered
 * @param adapters what adapters may cost
 * @param tls for HTTPS; null for HTTP
 * @param keys who may ask; empty where everybody may who reaches the server
 */
public record ServeKeys(
    ListenKeys listen,
    AnswerKeys answers,
    HttpLimits http,
    AdapterLimits adapters,
    @Nullable TlsKeys tls,
    List<ApiKey> keys) {
  public ServeKeys {
    keys = List.copyOf(keys);
    Checks.require(
        keys.stream().map(ApiKey::name).distinct().count() == keys.size(),
        "two keys have the same name");
  }

  /** What the engine is told. */
  public DecodingOptions decoding() {
    return new DecodingOptions(
        answers.together(),
        answers.cacheTokens(),
        DecodingOptions.defaults().prefillChunk(),
        answers.prefixBytes(),
        adapters.answering(),
        adapters.rank(),
        answers.waiting(),
        DecodingOptions.defaults().maxUnsent(),
        Duration.ofSeconds(http.writeSeconds()));
  }

  /** On 127.0.0.1, without keys. */
  public static ServeKeys local(int port) {
    return new ServeKeys(
        new ListenKeys("127.0.0.1", port, List.of(), 5),
        new AnswerKeys(1024, 256, 16, 0, 8192, 256L << 20, 64, 1),
        HttpLimits.defaults(),
        AdapterLimits.defaults(),
        null,
        List.of());
  }

  /** The same elsewhere. */
  public ServeKeys at(ListenKeys other) {
    return new ServeKeys(other, answers, http, adapters, tls, keys);
  }

  /** The same for these keys. */
  public ServeKeys withKeys(List<ApiKey> others) {
    return new ServeKeys(listen, answers, http, adapters, tls, others);
  }
}
