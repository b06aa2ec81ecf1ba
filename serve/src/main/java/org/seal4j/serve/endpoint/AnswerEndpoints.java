package org.seal4j.serve.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seal4j.serve.access.AccessGate;
import org.seal4j.serve.access.Caller;
import org.seal4j.serve.adapter.ChosenAdapters;
import org.seal4j.serve.answer.AnswerWriter;
import org.seal4j.serve.answer.Answering;
import org.seal4j.serve.answer.RunningAnswer;
import org.seal4j.serve.http.Call;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.job.Job;
import org.seal4j.serve.job.Jobs;
import org.seal4j.serve.protocol.AnswerForm;
import org.seal4j.serve.protocol.AnswerHead;
import org.seal4j.serve.protocol.AnswerSettings;
import org.seal4j.serve.protocol.ChatAnswer;
import org.seal4j.serve.protocol.ChatBody;
import org.seal4j.serve.protocol.CompletionAnswer;
import org.seal4j.serve.protocol.CompletionBody;
import org.seal4j.serve.protocol.PromptText;
import org.seal4j.serve.protocol.Usage;

/** {@code /v1/chat/completions} and {@code /v1/completions}. */
final class AnswerEndpoints {
  private final ServedModel served;
  private final AccessGate gate;
  private final Metrics metrics;
  private final Jobs jobs;
  private final Duration alive;

  /**
   * @param alive after which an answer that has nothing to say yet shows that it is still written
   */
  AnswerEndpoints(ServedModel served, AccessGate gate, Metrics metrics, Jobs jobs, Duration alive) {
    this.served = served;
    this.gate = gate;
    this.metrics = metrics;
    this.jobs = jobs;
    this.alive = alive;
  }

  void chat(Call call, Reply reply, JsonNode json) {
    ChatBody body = ChatBody.of(json);
    answer(
        call,
        reply,
        new ChatAnswer(),
        "chatcmpl-",
        body.settings(),
        body.messages().get(body.messages().size() - 1).content(),
        adapters -> served.answering().chat(body.messages(), adapters));
  }

  void text(Call call, Reply reply, JsonNode json) {
    CompletionBody body = CompletionBody.of(json, served.vocabulary());
    answer(
        call,
        reply,
        new CompletionAnswer(),
        "cmpl-",
        body.settings(),
        text(body.prompt()),
        adapters -> served.answering().text(body.prompt()));
  }

  /** The words by which a bundle chooses. */
  private String text(PromptText prompt) {
    int[] ids = prompt.ids();
    return ids == null ? String.valueOf(prompt.text()) : served.model().tokenizer().decode(ids);
  }

  /** Names of passages as a header can have them. */
  private static String encoded(List<String> passages) {
    return passages.stream()
        .map(passage -> URLEncoder.encode(passage, StandardCharsets.UTF_8))
        .collect(Collectors.joining(", "));
  }

  private void answer(
      Call call,
      Reply reply,
      AnswerForm form,
      String prefix,
      AnswerSettings settings,
      String question,
      Function<ChosenAdapters, Answering.Asked> tokens) {
    long began = System.nanoTime();
    ChosenAdapters adapters = served.choose(settings.model(), question);
    Answering.Asked asked = tokens.apply(adapters);
    if (!adapters.passages().isEmpty()) {
      reply.header("X-Seal-Passages", encoded(adapters.passages()));
    }
    Caller caller = gate.caller(call);
    Answering.Begun begun = served.answering().begin(asked, settings, adapters, caller.turn());
    AnswerHead head =
        new AnswerHead(
            prefix,
            call.id(),
            served.seconds().getAsLong(),
            adapters.model(),
            served.fingerprint());
    AnswerWriter writer =
        new AnswerWriter(
            form,
            head,
            settings,
            begun,
            new AnswerWriter.AnswerTimes() {
              @Override
              public void over(Usage usage) {
                metrics.answer(usage);
              }

              @Override
              public void first() {
                metrics.firstPiece(System.nanoTime() - began);
              }
            },
            alive);
    RunningAnswer answer = begun.answer();
    Job job =
        new Job(
            call.id(),
            Job.Kind.ANSWER,
            adapters.model(),
            caller,
            began,
            answer::written,
            Optional.of(answer::stop));
    jobs.run(job, () -> writer.send(reply));
  }
}
