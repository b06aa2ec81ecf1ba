package org.seal4j.data.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face hub on 127.0.0.1 that serves models from memory, and a second port where the
 * content of large files lies, as a hub's does. {@code HF_ENDPOINT} set to {@link #url()} lets
 * {@code seal fetch} and Python's huggingface_hub fetch from it. It can be told to fail.
 *
 * <pre>{@code
 * try (HubServer hub = new HubServer()) {
 *   hub.put("owner/name", Map.of("config.json", config, "model.safetensors", weights));
 *   hub.trouble("model.safetensors", HubTrouble.cutAfter(1000));
 * }
 * }</pre>
 */
public final class HubServer implements AutoCloseable {
  private static final String API = "/api/models/";

  private final Map<String, HubRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, Deque<HubTrouble>> troubles = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer hub;
  private final HttpServer store;
  private volatile @Nullable String token;

  /**
   * What was asked, and how many bytes of a file were sent for it.
   *
   * @param port {@code hub} or {@code store}
   * @param path decoded, without a query
   * @param authorization the header of this name, empty for none
   * @param range the header of this name, empty for none
   */
  public record Request(
      String port,
      String method,
      String path,
      String authorization,
      String range,
      AtomicLong sent) {}

  /** Two ports that are free. */
  public HubServer() {
    hub = open("hub");
    store = open("store");
  }

  private HttpServer open(String port) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> serve(port, exchange));
      server.setExecutor(threads);
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the hub. */
  public String url() {
    return url(hub);
  }

  /** The address where the content of large files lies. */
  public String storeUrl() {
    return url(store);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Puts a commit onto the branch {@code main} of a repository, made where it is missing.
   *
   * @param files content by name
   * @return the commit
   */
  public String put(String repository, Map<String, byte[]> files) {
    return repositories.computeIfAbsent(repository, HubRepository::new).commit(files);
  }

  /** Lets a tag or a branch mean the commit that {@code main} means now. */
  public void tag(String repository, String revision) {
    repositories.get(repository).tag(revision);
  }

  /** Answers from now on only those who send this token. */
  public void demand(String wanted) {
    token = wanted;
  }

  /**
   * Lets the next question for the content of a file fail.
   *
   * @param path how the path of the question ends; for a listing {@code revision/main}
   */
  public HubServer trouble(String path, HubTrouble trouble) {
    troubles.computeIfAbsent(path, key -> new ConcurrentLinkedDeque<>()).add(trouble);
    return this;
  }

  /** All questions so far, in their order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Bytes of files that were sent so far. */
  public long sent() {
    return requests.stream().mapToLong(request -> request.sent().get()).sum();
  }

  private void serve(String port, HttpExchange exchange) throws IOException {
    Headers asked = exchange.getRequestHeaders();
    Request request =
        new Request(
            port,
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            text(asked, "Authorization"),
            text(asked, "Range"),
            new AtomicLong());
    requests.add(request);
    try (exchange) {
      HubAnswer answer = new HubAnswer(exchange, request);
      String wanted = token;
      if (port.equals("store")) {
        content(answer, request);
      } else if (wanted != null && !request.authorization().equals("Bearer " + wanted)) {
        answer.refuse(401, "RepoNotFound");
      } else if (request.path().startsWith(API)) {
        api(answer, request.path().substring(API.length()).split("/", 4), exchange);
      } else {
        resolve(answer, request.path().substring(1).split("/", 5));
      }
    }
  }

  private static String text(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  /** {@code OWNER/NAME/revision/REVISION}, or {@code tree} instead of {@code revision}. */
  private void api(HubAnswer answer, String[] words, HttpExchange exchange) throws IOException {
    HubRepository repository =
        words.length < 4 ? null : repositories.get(words[0] + "/" + words[1]);
    if (repository == null) {
      answer.refuse(404, "RepoNotFound");
      return;
    }
    String commit = repository.commitOf(words[3]);
    HubTrouble trouble = next(exchange.getRequestURI().getPath());
    if (trouble != null) {
      trouble.send(answer, new byte[0]);
    } else if (commit == null) {
      answer.refuse(404, "RevisionNotFound");
    } else if (words[2].equals("tree")) {
      answer.json(repository.tree(commit));
    } else {
      answer.json(repository.listing(commit));
    }
  }

  /** {@code OWNER/NAME/resolve/REVISION/FILE}. */
  private void resolve(HubAnswer answer, String[] words) throws IOException {
    HubRepository repository =
        words.length < 5 ? null : repositories.get(words[0] + "/" + words[1]);
    if (repository == null) {
      answer.refuse(404, "RepoNotFound");
      return;
    }
    String commit = repository.commitOf(words[3]);
    HubRepository.Content file = commit == null ? null : repository.file(commit, words[4]);
    if (commit == null || file == null) {
      answer.refuse(404, commit == null ? "RevisionNotFound" : "EntryNotFound");
      return;
    }
    answer.header("X-Repo-Commit", commit);
    if (file.isLarge()) {
      answer.header("X-Linked-Etag", '"' + file.etag() + '"');
      answer.header("X-Linked-Size", Integer.toString(file.bytes().length));
      HubTrouble trouble = answer.isHead() ? next(words[4] + "#head") : null;
      if (trouble != null) {
        trouble.send(answer, new byte[0]);
      } else {
        answer.redirect(302, storeUrl() + "/" + file.etag() + "/" + words[4]);
      }
      return;
    }
    answer.header("ETag", '"' + file.etag() + '"');
    send(answer, words[4], file.bytes());
  }

  /** {@code ETAG/FILE} on the second port. */
  private void content(HubAnswer answer, Request request) throws IOException {
    String[] words = request.path().substring(1).split("/", 2);
    for (HubRepository repository : repositories.values()) {
      byte[] bytes = repository.large(words[0]);
      if (bytes != null) {
        send(answer, words[words.length - 1], bytes);
        return;
      }
    }
    answer.refuse(404, "");
  }

  private void send(HubAnswer answer, String file, byte[] bytes) throws IOException {
    HubTrouble trouble = next(answer.isHead() ? file + "#head" : file);
    if (trouble == null) {
      answer.file(bytes);
    } else {
      trouble.send(answer, bytes);
    }
  }

  private @Nullable HubTrouble next(String path) {
    for (Map.Entry<String, Deque<HubTrouble>> prepared : troubles.entrySet()) {
      HubTrouble trouble = path.endsWith(prepared.getKey()) ? prepared.getValue().poll() : null;
      if (trouble != null) {
        return trouble;
      }
    }
    return null;
  }

  @Override
  public void close() {
    hub.stop(0);
    store.stop(0);
    threads.shutdownNow();
  }
}
