package org.seal4j.rl.teacher;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;

/**
 * Where another model is asked, and how long it may take.
 *
 * @param url base address of an OpenAI-compatible service, such as {@code
 *     https://api.openai.com/v1}; {@code /chat/completions} is added
 * @param model its name there
 * @param keyVariable environment variable that holds the key; empty where the service needs none
 * @param connectSeconds longest wait for a connection, in seconds
 * @param requestSeconds longest wait for a whole answer, in seconds
 * @param tries how often a request is sent at most when the service is busy or the connection fails
 * @param backoffSeconds wait before the second try, in seconds; it doubles with each further one,
 *     up to a minute
 */
public record EndpointConfig(
    String url,
    String model,
    String keyVariable,
    int connectSeconds,
    int requestSeconds,
    int tries,
    double backoffSeconds) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

  public EndpointConfig {
    URI uri = parsed(url);
    Checks.require(
        uri.getHost() != null
            && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme())),
        "url must be an http or https address such as https://api.openai.com/v1 but was '%s'",
        url.contains("@") ? "one with a user in it" : url);
    Checks.require(
        uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null,
        "url must hold no user, query or fragment; put the key into the environment"
            + " variable that keyVariable names");
    Checks.require(
        keyVariable.isEmpty() || NAME.matcher(keyVariable).matches(),
        "keyVariable must be the name of an environment variable such as OPENAI_API_KEY, and never"
            + " the key itself, but has %d other characters",
        keyVariable.length());
    Checks.require(
        keyVariable.isEmpty() || "https".equals(uri.getScheme()) || LOCAL.contains(uri.getHost()),
        "url '%s' would send the key unencrypted; use https, or leave keyVariable empty",
        url);
    Checks.require(!model.isBlank(), "model is blank; name a model of %s", url);
    Checks.require(
        connectSeconds >= 1 && requestSeconds >= 1 && tries >= 1,
        "connectSeconds, requestSeconds and tries must be >= 1 but are %d, %d, %d",
        connectSeconds,
        requestSeconds,
        tries);
    Checks.require(
        backoffSeconds >= 0 && backoffSeconds <= 60,
        "backoffSeconds must be in [0, 60] but was %s",
        backoffSeconds);
  }

  /** Ten seconds to connect, two minutes to answer, four tries, the second after 1.5 seconds. */
  public static EndpointConfig of(String url, String model, String keyVariable) {
    return new EndpointConfig(url, model, keyVariable, 10, 120, 4, 1.5);
  }

  /** The address that requests go to. */
  URI completions() {
    String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    return parsed(base + "/chat/completions");
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw Checks.refuse("url is not an address: %s", e.getReason());
    }
  }
}
