package org.seal4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a server ends, and how it is reached by HTTPS. */
@Timeout(120)
class StopTest {
  @TempDir Path home;

  @Test
  void a_server_that_nobody_asks_ends_at_once() {
    SmallServer server =
        SmallServer.open(
            ServeKeys.local(0), SmallModel.at(home.resolve("model")), home.resolve("adapters"));
    server.get("/health");
    long began = System.nanoTime();
    server.server().stop(30);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    server.close();
  }

  @Test
  @Tag("slow")
  void answers_that_have_begun_are_over_before_the_server_is() throws Exception {
    SmallServer server =
        SmallServer.open(
            ServeKeys.local(0), SmallModel.at(home.resolve("model")), home.resolve("adapters"));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(server.at("/v1/completions"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"model\":\"small\",\"prompt\":\"x\",\"max_tokens\":600,\"stream\":true,"
                          + "\"seed\":5}"))
              .build();
      HttpResponse<Stream<String>> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
      Future<List<String>> lines = threads.submit(() -> answer.body().toList());
      server.server().stop(60);
      assertThat(lines.get()).contains("data: [DONE]");
    } finally {
      threads.shutdownNow();
      server.close();
    }
  }

  @Test
  void answers_that_have_no_time_left_say_so_and_are_no_faults() throws Exception {
    SmallServer server = EndlessAnswers.open(home, 60);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<HttpResponse<String>>> answers =
          List.of(
              threads.submit(() -> server.post("/v1/completions", EndlessAnswers.asked(false))),
              threads.submit(() -> server.post("/v1/completions", EndlessAnswers.asked(true))));
      EndlessAnswers.await(server, 2, answers);
      server.server().stop(0);
      HttpResponse<String> whole = answers.get(0).get();
      assertThat(whole.statusCode()).isEqualTo(503);
      assertThat(whole.body()).contains("the server is stopping");
      List<String> events = SmallServer.events(answers.get(1).get());
      assertThat(events.get(events.size() - 1)).contains("the server is stopping");
      assertThat(server.log()).noneMatch(line -> line.contains("fault"));
    } finally {
      threads.shutdownNow();
      server.close();
    }
  }

  @Test
  @Tag("slow")
  void https_is_spoken_with_the_certificate_of_the_key_store() throws Exception {
    String password = "changeit";
    Path file = home.resolve("server.p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("keytool.log").toFile())
            .start();
    assertThat(tool.waitFor()).as(Files.readString(home.resolve("keytool.log"))).isZero();
    ServeKeys local = ServeKeys.local(0);
    ServeKeys keys =
        new ServeKeys(
            local.listen(),
            local.answers(),
            local.http(),
            local.adapters(),
            new TlsKeys(file, "SEAL_TEST_STORE"),
            List.of());
    ServerSide side =
        new ServerSide(
            () -> 0, name -> name.equals("SEAL_TEST_STORE") ? password : null, line -> {});
    try (Server server = Server.listen(keys, side)) {
      assertThat(server.address()).startsWith("https://");
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .sslContext(trusting(file, password))
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(server.address() + "/health")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as("the model is not read").isEqualTo(503);
    }
  }

  private static SSLContext trusting(Path file, String password) throws Exception {
    KeyStore own = KeyStore.getInstance(file.toFile(), password.toCharArray());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own.getCertificate("server"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
