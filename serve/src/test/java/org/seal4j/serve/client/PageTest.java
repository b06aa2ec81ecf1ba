package org.seal4j.serve.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.serve.EndlessAnswers;
import org.seal4j.serve.ServeKeys;
import org.seal4j.serve.SmallModel;
import org.seal4j.serve.SmallServer;

/** The page at {@code /}, in a browser; skipped where there is none. */
@Tag("peer")
class PageTest {
  @TempDir Path home;

  @Test
  void the_page_talks_and_loads_adapters() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on this machine");
    SmallModel small = SmallModel.at(home.resolve("model"));
    small.adapter(home.resolve("adapters/law"), 3);
    small.adapter(home.resolve("adapters/incoming/b"), 5);
    Path profile = Files.createDirectories(home.resolve("profile"));
    try (SmallServer server =
            SmallServer.open(ServeKeys.local(0), small, home.resolve("adapters"));
        Browser browser = Browser.open(program.get(), profile, server.at("/"))) {
      // The browser's own empty page is complete, too, and has no function of ours.
      browser.await(
          "document.readyState === 'complete' && typeof at === 'function'"
              + " && at('model').options.length === 2");
      browser.evaluate(
          "at('tokens').value = 20; at('question').value = 'To be?'; at('ask').requestSubmit()");
      browser.await("talk.length === 2 && !running");
      String answer = browser.evaluate("talk[1].content");
      assertThat(answer).isEqualTo(asked(server, "small"));
      assertThat(browser.evaluate("document.querySelectorAll('.turn .said')[1].textContent"))
          .isEqualTo(answer);
      browser.evaluate(
          "at('name').value = 'tax'; at('path').value = 'incoming/b'; at('load').requestSubmit()");
      browser.await("at('model').options.length === 3");
      assertThat(browser.evaluate("at('note').textContent")).contains("added successfully");
      browser.evaluate(
          "at('fresh').click(); at('model').value = 'tax'; at('question').value = 'To be?'; at('ask').requestSubmit()");
      browser.await("talk.length === 2 && !running");
      assertThat(browser.evaluate("talk[1].content")).isEqualTo(asked(server, "tax"));
      assertThat(browser.evaluate("document.querySelectorAll('.who')[1].textContent"))
          .startsWith("tax@");
      browser.evaluate("[...document.querySelectorAll('#adapters button')][0].click()");
      browser.await("at('model').options.length === 2");
      browser.evaluate(
          "at('name').value = 'x'; at('path').value = '../model'; at('load').requestSubmit()");
      browser.await("at('note').className === 'bad'");
      assertThat(browser.picture()).hasSizeGreaterThan(5000);
      String kept = System.getProperty("seal.test.picture");
      if (kept != null) {
        Files.write(Path.of(kept), browser.picture());
      }
      assertThat(
              browser.evaluate(
                  "performance.getEntriesByType('resource').filter(r => !r.name.startsWith(location.origin)).length"))
          .isEqualTo("0");
    }
  }

  @Test
  void the_page_shows_jobs_and_stops_them() throws Exception {
    Optional<Path> program = Browser.program();
    assumeTrue(program.isPresent(), "no Chromium on this machine");
    Path profile = Files.createDirectories(home.resolve("profile"));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (SmallServer server = EndlessAnswers.open(home, 2);
        Browser browser = Browser.open(program.get(), profile, server.at("/"))) {
      browser.await("document.readyState === 'complete' && typeof at === 'function'");
      browser.await("at('jobs').textContent === 'none '");
      Future<HttpResponse<String>> answer =
          threads.submit(() -> server.post("/v1/completions", EndlessAnswers.asked(true)));
      browser.evaluate("jobs()");
      browser.await("at('jobs').querySelector('button') !== null");
      assertThat(browser.evaluate("at('jobs').textContent")).startsWith("small ");
      browser.evaluate("at('jobs').querySelector('button').click()");
      assertThat(answer.get().body()).contains("\"finish_reason\":\"length\"");
      browser.await("at('jobs').textContent === 'none '");
    } finally {
      threads.shutdownNow();
    }
  }

  private static String asked(SmallServer server, String model) {
    return SmallServer.json(
            server.post(
                "/v1/chat/completions",
                "{'model':'%s','messages':[{'role':'user','content':'To be?'}],'temperature':0,"
                        .formatted(model)
                    + "'max_tokens':20,'seed':1}"))
        .at("/choices/0/message/content")
        .asText();
  }
}
