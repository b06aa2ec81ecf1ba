package org.seal4j.data.hub;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/**
 * The line to a hub. Redirections are followed here, one by one: the token goes to the hub itself
 * and to no other host, and the first answer of a chain is the one that knows the file. What the
 * hub or a host behind it says in words is shown to nobody.
 */
final class HubLine {
  /** After so many seconds a line that moves nothing counts as broken. */
  static final int SILENCE_SECONDS = 60;

  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final int MOST_REDIRECTIONS = 10;
  private static final List<Integer> REDIRECTIONS = List.of(301, 302, 303, 307, 308);
  private static final List<Integer> MAY_PASS = List.of(408, 429, 500, 502, 503, 504);

  /** A part was asked for that the file does not have. */
  static final int NO_SUCH_PART = 416;

  private final HubSettings settings;
  private final int silenceSeconds;
  private final HttpClient http;

  HubLine(HubSettings settings, int silenceSeconds) {
    this.settings = settings;
    this.silenceSeconds = silenceSeconds;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * What is asked.
   *
   * @param from first byte that is wanted
   * @param refusal what a status means that is none of success
   */
  record Question(String method, URI address, long from, HubRefusal refusal) {
    static Question get(URI address, HubRefusal refusal) {
      return new Question("GET", address, 0, refusal);
    }

    static Question head(URI address, HubRefusal refusal) {
      return new Question("HEAD", address, 0, refusal);
    }

    Question from(long first) {
      return new Question(method, address, first, refusal);
    }
  }

  /**
   * Asks, and hands the body of the answer on.
   *
   * @return the answer; to a question for a head that of the hub, though it leads elsewhere, where
   *     it has the marks of the file
   * @throws BrokenLine where it may be tried again
   * @throws InputException where it may not
   */
  HttpResponse<Long> ask(Question question, Received.Sink sink) throws BrokenLine {
    URI at = question.address();
    for (int hop = 0; hop <= MOST_REDIRECTIONS; hop++) {
      HttpResponse<Long> answer = send(question, at, sink);
      int status = answer.statusCode();
      if (!REDIRECTIONS.contains(status)) {
        requireSuccess(question, at, answer);
        return answer;
      }
      URI next = target(at, answer);
      boolean known = answer.headers().firstValue(RemoteFile.LINKED_ETAG).isPresent();
      if (question.method().equals("HEAD") && known && !isHub(next)) {
        return answer;
      }
      at = next;
    }
    throw Checks.refuse(
        "%s leads from one address to the next more than %d times",
        question.address(), MOST_REDIRECTIONS);
  }

  private void requireSuccess(Question question, URI at, HttpResponse<Long> answer)
      throws BrokenLine {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return;
    }
    if (MAY_PASS.contains(status) || (status == NO_SUCH_PART && question.from() > 0)) {
      throw new BrokenLine(
          "%s answers with status %d".formatted(host(at), status), status, waitMs(answer));
    }
    throw question.refusal().because(answer, host(at), isHub(at));
  }

  private static long waitMs(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("\\d{1,6}"))
        .map(text -> 1_000 * Long.parseLong(text))
        .orElse(0L);
  }

  private static URI target(URI at, HttpResponse<?> answer) {
    String location = answer.headers().firstValue("Location").orElse("");
    try {
      URI next = at.resolve(location);
      String scheme = String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT);
      boolean web = List.of("http", "https").contains(scheme) && next.getHost() != null;
      boolean lower = "https".equals(at.getScheme()) && !"https".equals(scheme);
      Checks.require(
          web && !lower && !location.isEmpty(),
          "%s leads to '%s', which is not followed",
          host(at),
          Shown.text(location));
      return next;
    } catch (IllegalArgumentException e) {
      throw Checks.refuse("%s leads to '%s', which is no address", host(at), Shown.text(location));
    }
  }

  /** Whether an address is of the hub itself, which alone may see the token. */
  private boolean isHub(URI address) {
    URI hub = settings.endpoint();
    return hub.getScheme().equalsIgnoreCase(address.getScheme())
        && hub.getHost().equalsIgnoreCase(address.getHost())
        && port(hub) == port(address);
  }

  private static int port(URI address) {
    int usual = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    return address.getPort() < 0 ? usual : address.getPort();
  }

  private static String host(URI address) {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return Shown.text(address.getScheme() + "://" + address.getHost() + port);
  }

  private HttpResponse<Long> send(Question question, URI at, Received.Sink sink) throws BrokenLine {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .method(question.method(), HttpRequest.BodyPublishers.noBody())
            .header("User-Agent", "seal4j")
            .header("Accept-Encoding", "identity");
    if (question.from() > 0) {
      request.header("Range", "bytes=" + question.from() + "-");
    }
    if (isHub(at)) {
      settings.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    }
    AtomicLong moved = new AtomicLong();
    CompletableFuture<HttpResponse<Long>> answer =
        http.sendAsync(
            request.build(),
            head -> {
              if (head.statusCode() / 100 != 2) {
                return HttpResponse.BodySubscribers.replacing(0L);
              }
              sink.begin(head);
              return new Received(sink, moved);
            });
    return await(answer, moved, at);
  }

  private HttpResponse<Long> await(
      CompletableFuture<HttpResponse<Long>> answer, AtomicLong moved, URI at) throws BrokenLine {
    long seen = 0;
    while (true) {
      try {
        return answer.get(silenceSeconds, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (moved.get() == seen) {
          answer.cancel(true);
          throw new BrokenLine("%s is silent for %d s".formatted(host(at), silenceSeconds));
        }
        seen = moved.get();
      } catch (ExecutionException e) {
        throw broken(e, at);
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new InputException("interrupted while asking " + host(at), e);
      }
    }
  }

  /** What was refused here is refused; else the line broke. */
  private static BrokenLine broken(ExecutionException e, URI at) {
    Throwable last = e;
    for (Throwable why = e; why != null; why = why.getCause()) {
      if (why instanceof InputException refused) {
        throw refused;
      }
      last = why.getMessage() == null || why == e ? last : why;
    }
    String words = last == e ? String.valueOf(e.getCause()) : String.valueOf(last.getMessage());
    return new BrokenLine(
        "the line to %s broke, or there is none (%s)".formatted(host(at), Shown.text(words)));
  }
}
