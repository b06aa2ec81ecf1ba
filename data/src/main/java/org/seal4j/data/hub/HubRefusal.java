package org.seal4j.data.hub;

import java.net.http.HttpResponse;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Why a hub refuses, by the status and the code that it gives.
 *
 * @param endpoint of the hub
 * @param hasToken whether a token was sent
 * @param name what was asked for; with a file where that was
 */
record HubRefusal(String endpoint, boolean hasToken, HubName name) {
  static HubRefusal of(HubSettings settings, HubName name) {
    return new HubRefusal(settings.endpoint().toString(), settings.token().isPresent(), name);
  }

  /**
   * The refusal in one sentence.
   *
   * @param host that answered
   * @param byHub whether that is the hub itself
   */
  InputException because(HttpResponse<?> answer, String host, boolean byHub) {
    int status = answer.statusCode();
    String code = answer.headers().firstValue("X-Error-Code").orElse("");
    if (!byHub) {
      return Checks.refuse(
          "%s, where the hub %s keeps %s, answers with status %d", host, endpoint, what(), status);
    }
    if (code.equals("GatedRepo") || status == 403) {
      return Checks.refuse(
          "%s is gated: accept its conditions at %s/%s and set HF_TOKEN to a token of that account"
              + " (status %d%s)",
          name.repository(),
          endpoint,
          name.repository(),
          status,
          hasToken ? "; the token that is set may not read it" : "");
    }
    return switch (code.isEmpty() && status == 404 ? guess() : code) {
      case "RevisionNotFound" ->
          Checks.refuse(
              "%s has no revision '%s' (status %d of %s)",
              name.repository(), name.revision(), status, endpoint);
      case "EntryNotFound" ->
          Checks.refuse(
              "%s has no %s at revision '%s' (status %d of %s)",
              name.repository(), what(), name.revision(), status, endpoint);
      default -> repository(status);
    };
  }

  /** What is most likely not there: a hub says it, mirrors may not. */
  private String guess() {
    return name.file().isPresent() ? "EntryNotFound" : "";
  }

  private InputException repository(int status) {
    if (status == 404 || status == 401) {
      return Checks.refuse(
          "%s has no model %s that %s (status %d); check the name%s",
          endpoint,
          name.repository(),
          hasToken ? "the token in HF_TOKEN may read" : "everybody may read",
          status,
          hasToken ? ", and the token" : ", and for a private model set HF_TOKEN");
    }
    return Checks.refuse(
        "%s answers with status %d to a question for %s", endpoint, status, name.repository());
  }

  private String what() {
    return name.file().map(file -> "file '" + file + "'").orElse("model");
  }
}
