package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import org.seal4j.serve.access.ApiKey;
import org.seal4j.serve.adapter.AdapterLimits;
import org.seal4j.serve.http.HttpLimits;

/**
 * A server whose answers take seconds, so that they do not end while a test acts on them: its model
 * has no token that ends a text.
 */
public final class EndlessAnswers {
  private static final int TOKENS = 30_000;

  private static final String ASKED =
      "{'model':'small','prompt':'d','max_tokens':%d,'stream':%s,'temperature':0}";

  private EndlessAnswers() {}

  /**
   * Opens it.
   *
   * @param home folder of its model
   * @param alive seconds after which an answer shows that it is still written
   */
  public static SmallServer open(Path home, double alive, ApiKey... keys) {
    HttpLimits limits = new HttpLimits(64 << 10, 64 << 10, 64, 32, 5, 5, alive);
    return SmallServer.open(
        new ServeKeys(
            ServeKeys.local(0).listen(),
            new AnswerKeys(TOKENS, 256, 16, 0, 4 * TOKENS, 0, 64, 1),
            limits,
            AdapterLimits.defaults(),
            null,
            List.of(keys)),
        SmallModel.endless(home.resolve("model"), TOKENS),
        home.resolve("adapters"));
  }

  /** The body of a request for one, with ' for ". */
  public static String asked(boolean stream) {
    return asked(stream, TOKENS - 10);
  }

  /** The same, of so many tokens. */
  public static String asked(boolean stream, int tokens) {
    return ASKED.formatted(tokens, stream);
  }

  /** Waits until so many are written. */
  static void await(SmallServer server, int running, List<Future<HttpResponse<String>>> answers) {
    while (!server
        .get("/metrics")
        .body()
        .contains("seal_requests_running %d\n".formatted(running))) {
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.isDone()).as("ended by itself, before it was looked at").isFalse();
      }
    }
  }
}
