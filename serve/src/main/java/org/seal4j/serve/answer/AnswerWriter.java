package org.seal4j.serve.answer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.json.Json;
import org.seal4j.model.generate.StopReason;
import org.seal4j.serve.answer.RunningAnswer.Event;
import org.seal4j.serve.http.ApiException;
import org.seal4j.serve.http.Reply;
import org.seal4j.serve.protocol.AnswerForm;
import org.seal4j.serve.protocol.AnswerHead;
import org.seal4j.serve.protocol.AnswerSettings;
import org.seal4j.serve.protocol.TokenProbability;
import org.seal4j.serve.protocol.Usage;

/** Sends one answer, whole or as server-sent events. */
public final class AnswerWriter {
  private static final String EVENTS = "text/event-stream; charset=utf-8";

  /** A comment of server-sent events: shows that both sides are there. */
  private static final byte[] STILL_HERE = ": waiting\n\n".getBytes(StandardCharsets.UTF_8);

  private final AnswerForm form;
  private final AnswerHead head;
  private final AnswerSettings settings;
  private final Answering.Begun begun;
  private final AnswerTimes times;
  private final Duration alive;
  private int offset;

  /** Hears when pieces of answers come. */
  public interface AnswerTimes {
    /** An answer is over, with so many tokens read and written. */
    void over(Usage usage);

    /** The first piece of an answer is there. */
    void first();
  }

  /**
   * @param alive after which an answer that has nothing to say yet shows that it is still written
   */
  public AnswerWriter(
      AnswerForm form,
      AnswerHead head,
      AnswerSettings settings,
      Answering.Begun begun,
      AnswerTimes times,
      Duration alive) {
    this.form = form;
    this.head = head;
    this.settings = settings;
    this.begun = begun;
    this.times = times;
    this.alive = alive;
  }

  /** Sends it, and ends it where its reader goes away. */
  public void send(Reply reply) {
    try (RunningAnswer answer = begun.answer()) {
      reply.header("X-Seal-Seed", Long.toString(begun.seed()));
      if (settings.stream()) {
        stream(answer, reply);
      } else {
        whole(answer, reply);
      }
    }
  }

  private void whole(RunningAnswer answer, Reply reply) {
    SlowBody body = new SlowBody(reply, alive);
    StringBuilder text = new StringBuilder();
    List<TokenProbability> tokens = new ArrayList<>();
    while (true) {
      Event event = answer.next(alive.toMillis());
      if (event instanceof RunningAnswer.Text piece) {
        if (text.length() == 0) {
          times.first();
        }
        text.append(piece.text());
      } else if (event instanceof RunningAnswer.Token token) {
        tokens.add(token.token());
      } else if (event instanceof RunningAnswer.Fault fault) {
        RuntimeException seen = seen(fault);
        body.refuse(refusal(seen));
        throw seen;
      } else if (event instanceof RunningAnswer.Over over) {
        Usage usage = usage(over);
        times.over(usage);
        body.send(form.whole(head, text.toString(), told(tokens), reason(over.reason()), usage));
        return;
      }
      body.stillComing();
    }
  }

  private void stream(RunningAnswer answer, Reply reply) {
    Reply.Pieces out = reply.begin(200, EVENTS);
    form.first(head).ifPresent(first -> event(out, first));
    List<TokenProbability> tokens = new ArrayList<>();
    while (true) {
      Event event = answer.next(alive.toMillis());
      if (event == null) {
        out.send(STILL_HERE);
      } else if (event instanceof RunningAnswer.Text piece) {
        if (offset == 0) {
          times.first();
        }
        piece(out, piece.text(), tokens);
      } else if (event instanceof RunningAnswer.Token token) {
        tokens.add(token.token());
      } else if (event instanceof RunningAnswer.Fault fault) {
        RuntimeException seen = seen(fault);
        event(out, refusal(seen).body());
        if (!(seen instanceof ApiException)) {
          throw seen; // for the log
        }
        out.end();
        return;
      } else if (event instanceof RunningAnswer.Over over) {
        if (!tokens.isEmpty()) {
          piece(out, "", tokens);
        }
        end(out, over);
        return;
      }
    }
  }

  private void piece(Reply.Pieces out, String text, List<TokenProbability> tokens) {
    event(out, form.piece(head, text, told(List.copyOf(tokens)), offset));
    offset += text.length();
    tokens.clear();
  }

  private void end(Reply.Pieces out, RunningAnswer.Over over) {
    event(out, form.last(head, reason(over.reason())));
    Usage usage = usage(over);
    if (settings.withUsage()) {
      event(out, form.usage(head, usage));
    }
    times.over(usage);
    out.send("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    out.end();
  }

  private static void event(Reply.Pieces out, Map<String, ? extends @Nullable Object> json) {
    out.send(("data: " + Json.line(json) + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  private @Nullable List<TokenProbability> told(List<TokenProbability> tokens) {
    return settings.logProbs() < 0 ? null : tokens;
  }

  private Usage usage(RunningAnswer.Over over) {
    return new Usage(begun.read(), over.tokens());
  }

  private static String reason(StopReason reason) {
    return reason == StopReason.LENGTH ? "length" : "stop";
  }

  private static RuntimeException seen(RunningAnswer.Fault fault) {
    return fault.fault() instanceof CancellationException ? ApiException.stopping() : fault.fault();
  }

  /** What the reader is told. */
  private ApiException refusal(RuntimeException fault) {
    return fault instanceof ApiException refused ? refused : ApiException.fault(head.request());
  }
}
