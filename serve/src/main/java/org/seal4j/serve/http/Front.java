package org.seal4j.serve.http;

import java.nio.charset.StandardCharsets;
import org.seal4j.data.check.InputException;
import org.seal4j.data.json.Json;

/**
 * Stands before all handlers: lets a request in or not, finds who answers it, and turns what goes
 * wrong into the one form of errors.
 */
public final class Front implements Handler {
  private static final String JSON = "application/json";

  private final Routes routes;
  private final Gate gate;
  private final Visits visits;

  /** Lets requests in. */
  @FunctionalInterface
  public interface Gate {
    /**
     * Lets one in.
     *
     * @param path as it was added to the routes; empty where there is none
     * @throws ApiException where it does not
     */
    void admit(Call call, String path);
  }

  /** Hears of every request when it is over. */
  public interface Visits {
    /**
     * One is over.
     *
     * @param path as it was added to the routes; empty where there is none
     * @param status that was sent; 499 where the client went away before
     * @param nanos that it took
     */
    void over(Call call, String path, int status, long nanos);

    /** A fault of the server. Its message may hold what a client wrote. */
    void fault(Call call, Throwable fault);
  }

  public Front(Routes routes, Gate gate, Visits visits) {
    this.routes = routes;
    this.gate = gate;
    this.visits = visits;
  }

  @Override
  public void handle(Call call, Reply reply) {
    long began = System.nanoTime();
    String path = routes.path(call.path()).orElse("");
    int status = 499;
    try {
      reply.header("X-Request-Id", call.id());
      reply.header("X-Content-Type-Options", "nosniff");
      status = answer(call, path, reply);
    } catch (ClientGoneException e) {
      status = 499;
    } finally {
      visits.over(call, path, status, System.nanoTime() - began);
    }
  }

  /** The status that it ended with, whether or not the client could still be told. */
  private int answer(Call call, String path, Reply reply) {
    try {
      gate.admit(call, path);
      routes.find(call, reply).handle(call, reply);
      return reply.status();
    } catch (ClientGoneException e) {
      throw e;
    } catch (ApiException e) {
      return refuse(reply, e);
    } catch (InputException e) {
      return refuse(reply, ApiException.badRequest(String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      visits.fault(call, e);
      return refuse(reply, ApiException.fault(call.id()));
    }
  }

  private static int refuse(Reply reply, ApiException refusal) {
    if (reply.status() != 0) {
      reply.cut(); // a part of the answer is out
      return refusal.status();
    }
    if (refusal.retryAfter() > 0) {
      reply.header("Retry-After", Integer.toString(refusal.retryAfter()));
    }
    if (refusal.status() == 401) {
      reply.header("WWW-Authenticate", "Bearer");
    }
    reply.send(refusal.status(), JSON, Json.line(refusal.body()).getBytes(StandardCharsets.UTF_8));
    return refusal.status();
  }
}
