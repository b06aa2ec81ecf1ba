package org.seal4j.rl.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.rl.testing.FakeChat;

/** Services that mean no good: each ends by a limit, in one sentence, without the key. */
@Timeout(60)
@Isolated("sets the proxy of the JVM")
class HostileEndpointTest {
  private static final String KEY = "sk-very-secret";
  private static final Sampling SAMPLING = Sampling.greedy(10);

  private final FakeChat chat = new FakeChat();
  private int seconds = 20;
  private final List<Long> waits = new ArrayList<>();

  @AfterEach
  void stop() {
    chat.close();
  }

  private String ask() {
    return ask(chat.url(), "SEAL_KEY", 2);
  }

  private String ask(String url, String variable, int tries) {
    EndpointConfig config = new EndpointConfig(url, "gpt", variable, 20, seconds, tries, 1);
    return new ChatClient(config, name -> KEY, waits::add).ask("?", SAMPLING);
  }

  private void refuses(String said) {
    assertThatThrownBy(this::ask)
        .isInstanceOf(InputException.class)
        .message()
        .startsWith("the model 'gpt' at " + chat.url() + "/chat/completions gave ")
        .contains(said)
        .doesNotContain(KEY)
        .doesNotContainPattern("\\p{Cntrl}");
  }

  private static void head(HttpExchange exchange, long length) throws IOException {
    exchange.sendResponseHeaders(200, length);
  }

  @Test
  void an_endless_answer_is_broken_off_at_once() {
    AtomicLong sent = new AtomicLong();
    chat.sends(
        exchange -> {
          head(exchange, 0);
          byte[] much = new byte[1 << 16];
          while (true) {
            exchange.getResponseBody().write(much);
            sent.addAndGet(much.length);
          }
        });
    refuses("an answer of more than 4194304 bytes, which is broken off");
    assertThat(chat.asked()).hasSize(1);
    assertThat(sent.get()).isLessThan(64L << 20);
  }

  @Test
  @Tag("slow")
  void an_answer_that_drips_ends_by_time_each_try() {
    seconds = 1;
    FakeChat.Sender drip =
        exchange -> {
          head(exchange, 0);
          while (true) {
            exchange.getResponseBody().write(' ');
            exchange.getResponseBody().flush();
            pause();
          }
        };
    chat.sends(drip).sends(drip);
    refuses("no answer within 1 s, after 2 tries");
    assertThat(waits).containsExactly(1_000L);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 5_000, 1_000_000})
  void a_deeply_nested_answer_is_refused(int depth) {
    chat.gives(200, "[".repeat(depth), Map.of());
    refuses("an answer that is not JSON of the usual form");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>\u001b[31m sk-very-secret</html>",
        "data: {\"choices\": []}",
        "{\"choices\": [{\"message\": {\"content\": \"x\"}}]} and more",
        "{'choices': []}",
        "{\"choices\": [{\"message\": {\"content\": 1e999999999}}]}"
      })
  void an_answer_that_is_not_one_JSON_value_is_refused(String body) {
    chat.gives(200, body, Map.of());
    refuses("an answer");
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "UTF-16LE", "UTF-16"})
  void an_answer_in_another_encoding_is_refused_whatever_it_says_of_itself(String charset) {
    String body = "{\"choices\": [{\"message\": {\"content\": \"é\"}}]}";
    chat.sends(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json; charset=" + charset);
          byte[] bytes = body.getBytes(Charset.forName(charset));
          head(exchange, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    refuses("an answer that is not");
  }

  @Test
  void an_unknown_encoding_in_the_header_changes_nothing_and_a_byte_order_mark_is_passed_over() {
    chat.gives(
        200,
        "\uFEFF{\"choices\": [{\"message\": {\"content\": \"é\"}}]}",
        Map.of("Content-Type", "application/json; charset=no-such"));
    assertThat(ask()).isEqualTo("é");
  }

  @Test
  void half_a_surrogate_pair_becomes_the_sign_for_it() {
    chat.gives(200, "{\"choices\": [{\"message\": {\"content\": \"a\\ud83d\"}}]}", Map.of());
    assertThat(ask()).isEqualTo("a\uFFFD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The key is sk-very-secret.           | The key is <key>.",
        "?key=sk%2Dvery%2dsecret&x            | ?key=<key>&x",
        "{\\\"k\\\": \\\"sk\\\\u002dvery-secret\\\"} | {\"k\": \"<key>\"}",
        "sk\\u002dvery\\u002Dsecret           | <key>",
        "c2stdmVyeS1zZWNyZXQ=                 | <key>",
        "It was sk-very-sec                   | It was <key>"
      })
  void a_key_that_is_echoed_is_in_no_answer(String content, String clean) {
    chat.gives(200, "{\"choices\": [{\"message\": {\"content\": \"" + content + "\"}}]}", Map.of());
    assertThat(ask())
        .startsWith(clean.substring(0, clean.indexOf("<key>") + 5))
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\": {\"message\": \"no sk-very-secret\\n\\u001b[2J\"}}",
        "{\"error\": \"no sk%2Dvery-secret\"}",
        "{\"message\": \"no sk\\\\u002dvery-secret\"}",
        "{\"detail\": \"no &#115;k-very-secret\"}"
      })
  void a_key_that_is_echoed_is_in_no_error(String body) {
    chat.gives(401, body, Map.of("WWW-Authenticate", KEY));
    refuses("gave status 401 (no <key>");
    assertThat(chat.asked()).hasSize(1);
  }

  @Test
  void statuses_say_what_to_do() {
    chat.gives(401, "", Map.of());
    refuses("status 401; check the key in SEAL_KEY");
    chat.gives(307, "", Map.of("Location", "http://127.0.0.1:1/?" + KEY));
    refuses("status 307; it leads elsewhere, which is not followed: name the address itself");
    assertThat(chat.asked()).hasSize(2);
  }

  @Test
  void a_wait_that_a_service_asks_for_is_a_minute_at_most() {
    chat.gives(500, "", Map.of("Retry-After", "86400")).says("done");
    assertThat(ask()).isEqualTo("done");
    assertThat(waits).containsExactly(60_000L);
  }

  @Test
  void a_status_line_out_of_nowhere_shows_no_control_character() throws IOException {
    try (var server = new java.net.ServerSocket(0)) {
      Thread answering = new Thread(() -> garble(server, "sk-very-secret\u001b[2J\r\n\r\n"));
      answering.start();
      assertThatThrownBy(() -> ask("http://127.0.0.1:" + server.getLocalPort(), "SEAL_KEY", 1))
          .isInstanceOf(InputException.class)
          .message()
          .contains("no answer")
          .doesNotContain(KEY)
          .doesNotContainPattern("\\p{Cntrl}");
    }
  }

  private static void garble(java.net.ServerSocket server, String line) {
    try (var socket = server.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // the client went away
    }
  }

  @Test
  void the_proxy_of_the_JVM_is_used() {
    ProxySelector before = ProxySelector.getDefault();
    URI own = URI.create(chat.url());
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(
                new Proxy(Proxy.Type.HTTP, new InetSocketAddress(own.getHost(), own.getPort())));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    try {
      chat.says("through the proxy");
      assertThat(ask("http://model.invalid/v1", "", 1)).isEqualTo("through the proxy");
    } finally {
      ProxySelector.setDefault(before);
    }
  }
}
