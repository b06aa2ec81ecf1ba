package org.seal4j.scripts.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.json.Json;

/**
 * Many clients at once at a server of OpenAI's protocol, ours or another: tokens per second, the
 * time to the first token and between tokens, and what the server's process takes. The clients
 * stream; each asks again as soon as it has its answer.
 *
 * <pre>ServerLoad URL PID CLIENTS SECONDS TOKENS MODEL[,MODEL...] [NAME PATH PATH ...]
 *     URL       such as http://127.0.0.1:8080
 *     PID       of the server, for its memory and CPU time; 0 for none
 *     TOKENS    of an answer at most
 *     NAME PATH PATH ...   once a second, the name is moved to the next adapter</pre>
 */
public final class ServerLoad {
  private static final int FIRST_MOVE = 6;
  private static final long BETWEEN_MOVES = 1000;
  private static final double MILLI = 1e-6;
  private static final String DATA = "data: ";

  /** Connections that may have been kept open, and that a server may have closed. */
  private static final int CONNECTIONS = 100;

  private static final List<String> SUBJECTS =
      List.of("the sea", "a bridge", "winter", "bread", "a lighthouse", "rivers", "a violin");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final int tokens;
  private final List<String> models;
  private final long end;

  private ServerLoad(String server, int seconds, int tokens, List<String> models) {
    this.server = URI.create(server);
    this.tokens = tokens;
    this.models = models;
    end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
  }

  public static void main(String[] args) throws Exception {
    Checks.require(
        args.length >= FIRST_MOVE && args.length != FIRST_MOVE + 1,
        "usage: ServerLoad URL PID CLIENTS SECONDS TOKENS MODEL[,MODEL...] [NAME PATH ...]");
    int clients = Integer.parseInt(args[2]);
    int seconds = Integer.parseInt(args[3]);
    ServerLoad load =
        new ServerLoad(
            args[0], seconds, Integer.parseInt(args[4]), Arrays.asList(args[5].split(",", -1)));
    List<String> paths =
        args.length > FIRST_MOVE
            ? List.of(args).subList(FIRST_MOVE + 1, args.length)
            : List.<String>of();
    long cpu = cpu(args[1]);
    long began = System.nanoTime();
    Seen seen = load.run(clients, paths.isEmpty() ? "" : args[FIRST_MOVE], paths);
    double took = (System.nanoTime() - began) * 1e-9;
    System.out.printf(
        Locale.ROOT,
        "%d clients, %.0f s: %d answers, %d tokens, %.1f tokens/s%n",
        clients,
        took,
        seen.answers,
        seen.tokens,
        seen.tokens / took);
    System.out.println("first token: " + spread(seen.first));
    System.out.println("between tokens: " + spread(seen.between));
    if (!seen.moves.isEmpty()) {
      System.out.println("moving a name: " + spread(seen.moves));
    }
    if (!args[1].equals("0")) {
      System.out.printf(
          Locale.ROOT,
          "server: %.1f CPU seconds, %s%n",
          (cpu(args[1]) - cpu) / 100.0,
          memory(args[1]));
    }
  }

  /** What clients saw; times in milliseconds. */
  private static final class Seen {
    private final List<Double> first = new ArrayList<>();
    private final List<Double> between = new ArrayList<>();
    private final List<Double> moves = new ArrayList<>();
    private long answers;
    private long tokens;

    private void add(Seen other) {
      first.addAll(other.first);
      between.addAll(other.between);
      moves.addAll(other.moves);
      answers += other.answers;
      tokens += other.tokens;
    }
  }

  private Seen run(int clients, String name, List<String> paths) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Seen>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        running.add(threads.submit(() -> asking(client)));
      }
      if (!paths.isEmpty()) {
        running.add(threads.submit(() -> moving(name, paths)));
      }
      Seen all = new Seen();
      for (Future<Seen> one : running) {
        all.add(one.get());
      }
      return all;
    } finally {
      threads.shutdownNow();
    }
  }

  private Seen asking(int client) throws IOException, InterruptedException {
    Seen seen = new Seen();
    for (int i = 0; System.nanoTime() - end < 0; i++) {
      String subject = SUBJECTS.get((client + i) % SUBJECTS.size());
      Map<String, Object> body =
          Map.of(
              "model",
              models.get(client % models.size()),
              "messages",
              List.of(
                  Map.of("role", "user", "content", "Write a short story about " + subject + ".")),
              "max_tokens",
              tokens,
              "seed",
              1000 * client + i,
              "stream",
              true,
              "stream_options",
              Map.of("include_usage", true));
      long asked = System.nanoTime();
      HttpResponse<Stream<String>> answer =
          sent(request("/v1/chat/completions", body), HttpResponse.BodyHandlers.ofLines());
      Checks.require(
          answer.statusCode() == 200, "client %d was answered %d", client, answer.statusCode());
      try (Stream<String> lines = answer.body()) {
        read(lines.iterator(), asked, seen);
      }
      seen.answers++;
    }
    return seen;
  }

  /** Again where the server has closed the connections of answers before. */
  private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    for (int left = CONNECTIONS; ; left--) {
      try {
        return http.send(request, body);
      } catch (IOException e) {
        if (left == 0) {
          throw e;
        }
      }
    }
  }

  /** The pieces of an answer; one that has begun is read to its end. */
  private static void read(Iterator<String> lines, long asked, Seen seen) {
    long last = 0;
    while (lines.hasNext()) {
      String line = lines.next();
      if (!line.startsWith(DATA + "{")) {
        continue;
      }
      JsonNode event = Json.parse(line.substring(DATA.length()), JsonNode.class, "an event");
      seen.tokens += event.at("/usage/completion_tokens").asLong(0);
      if (event.at("/choices/0/delta/content").asText("").isEmpty()) {
        continue;
      }
      long now = System.nanoTime();
      if (last == 0) {
        seen.first.add((now - asked) * MILLI);
      } else {
        seen.between.add((now - last) * MILLI);
      }
      last = now;
    }
  }

  private Seen moving(String name, List<String> paths) throws IOException, InterruptedException {
    Seen seen = new Seen();
    for (int i = 0; System.nanoTime() - end < 0; i++) {
      Map<String, Object> body =
          Map.of("lora_name", name, "lora_path", paths.get(i % paths.size()), "load_inplace", true);
      long asked = System.nanoTime();
      HttpResponse<String> answer =
          sent(request("/v1/load_lora_adapter", body), HttpResponse.BodyHandlers.ofString());
      Checks.require(answer.statusCode() == 200, "the move was answered with %s", answer.body());
      seen.moves.add((System.nanoTime() - asked) * MILLI);
      Thread.sleep(BETWEEN_MOVES);
    }
    return seen;
  }

  private HttpRequest request(String path, Map<String, Object> body) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
        .build();
  }

  private static String spread(List<Double> milliseconds) {
    if (milliseconds.isEmpty()) {
      return "none";
    }
    double[] sorted = milliseconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, most %.0f ms (%d)",
        at(sorted, 0.5),
        at(sorted, 0.9),
        at(sorted, 0.99),
        sorted[sorted.length - 1],
        sorted.length);
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  /** Hundredths of CPU seconds that a process has taken (proc(5)). */
  private static long cpu(String pid) throws IOException {
    if (pid.equals("0")) {
      return 0;
    }
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
  }

  private static String memory(String pid) throws IOException {
    return String.join(
        ", ",
        Files.readAllLines(Path.of("/proc", pid, "status")).stream()
            .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
            .map(line -> line.replaceAll("\\s+", " "))
            .toList());
  }
}
