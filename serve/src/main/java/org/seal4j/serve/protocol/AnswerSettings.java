package org.seal4j.serve.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seal4j.data.check.InputException;
import org.seal4j.model.generate.Penalties;
import org.seal4j.model.generate.Sampling;
import org.seal4j.serve.http.ApiException;

/**
 * How an answer is asked for, whatever it answers.
 *
 * @param model as it was named
 * @param sampling how a token is chosen
 * @param maxTokens longest answer; empty for what the server allows
 * @param stops texts that end the answer
 * @param stopIds tokens that end the answer
 * @param seed empty where the client does not care
 * @param stream whether it comes piece by piece
 * @param withUsage whether a stream ends with a count of tokens
 * @param json whether the answer is one JSON object
 * @param logProbs how many of the likeliest tokens are told beside each; below 0 for nothing at all
 */
public record AnswerSettings(
    String model,
    Sampling sampling,
    OptionalInt maxTokens,
    List<String> stops,
    List<Integer> stopIds,
    OptionalLong seed,
    boolean stream,
    boolean withUsage,
    boolean json,
    int logProbs) {
  private static final int MOST_STOPS = 16;
  private static final int LONGEST_STOP = 1000;

  /** Temperature of OpenAI's services where none is given. */
  private static final double TEMPERATURE = 1;

  static AnswerSettings of(Fields body, OptionalInt maxTokens, int logProbs) {
    List<String> stops = body.texts("stop", MOST_STOPS);
    body.require(
        "stop",
        stops.stream().noneMatch(stop -> stop.isEmpty() || stop.length() > LONGEST_STOP),
        "a text or a list of texts of 1 to %d characters".formatted(LONGEST_STOP));
    boolean stream = body.flag("stream", false);
    return new AnswerSettings(
        body.needed("model"),
        sampling(body),
        maxTokens,
        stops,
        stopIds(body),
        body.whole("seed"),
        stream,
        withUsage(body) && stream,
        body.has("response_format") && isJsonObject(body.node("response_format")),
        logProbs);
  }

  /** Whether a {@code response_format} asks for one JSON object. */
  static boolean isJsonObject(JsonNode format) {
    return format.path("type").asText().equals("json_object");
  }

  private static boolean withUsage(Fields body) {
    if (!body.has("stream_options")) {
      return false;
    }
    body.require("stream_options", body.node("stream_options").isObject(), "an object");
    return new Fields(body.node("stream_options"), "stream_options.").flag("include_usage", false);
  }

  private static List<Integer> stopIds(Fields body) {
    if (!body.has("stop_token_ids")) {
      return List.of();
    }
    body.require("stop_token_ids", body.node("stop_token_ids").isArray(), "a list of ids");
    int[] ids = body.ids("stop_token_ids", body.node("stop_token_ids"), Integer.MAX_VALUE);
    return Arrays.stream(ids).boxed().toList();
  }

  /** A temperature of 0 takes the most likely token, whatever the other fields drop. */
  private static Sampling sampling(Fields body) {
    double temperature = body.number("temperature", 0, 100).orElse(TEMPERATURE);
    double topP = body.number("top_p", 0, 1).orElse(1);
    body.require("top_p", topP > 0, "a number above 0 and at most 1");
    int topK = body.count("top_k", -1, Integer.MAX_VALUE).orElse(0);
    double minP = body.number("min_p", 0, 1).orElse(0);
    Penalties penalties =
        new Penalties(
            repetition(body),
            body.number("presence_penalty", -2, 2).orElse(0),
            body.number("frequency_penalty", -2, 2).orElse(0));
    Sampling sampling =
        temperature == 0
            ? Sampling.mostLikely()
            : Sampling.at(temperature).withTopK(Math.max(0, topK)).withTopP(topP).withMinP(minP);
    return sampling.withPenalties(penalties);
  }

  private static double repetition(Fields body) {
    try {
      return new Penalties(body.number("repetition_penalty", 0, 1000).orElse(1), 0, 0).repetition();
    } catch (InputException e) {
      throw ApiException.badField("repetition_penalty", String.valueOf(e.getMessage()));
    }
  }
}
