package org.seal4j.data.hub;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * A file of a repository before it is fetched.
 *
 * @param name path in the repository
 * @param etag what the hub knows its content by, and the name of the blob: SHA-256 of a large file,
 *     the hash of git of a small one
 * @param size in bytes
 * @param sha256 of the content, where the hub says it
 */
record RemoteFile(String name, String etag, long size, Optional<String> sha256) {
  /** The mark of a file whose content lies elsewhere. */
  static final String LINKED_ETAG = "X-Linked-Etag";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]{0,199}");

  /** As the head of an answer says. */
  static RemoteFile of(HttpResponse<?> answer, URI address, String commit, Listing.Entry listed) {
    HttpHeaders head = answer.headers();
    Optional<String> mark = head.firstValue(LINKED_ETAG).or(() -> head.firstValue("ETag"));
    String etag = mark.orElse("").replaceFirst("^W/", "").replace("\"", "");
    Checks.require(
        PLAIN.matcher(etag).matches() && !etag.endsWith(".incomplete"),
        "%s answers with the ETag '%s', but a hub names the content of its files so; see"
            + " HF_ENDPOINT",
        address,
        Shown.text(mark.orElse("")));
    String other = head.firstValue("X-Repo-Commit").orElse(commit);
    Checks.require(
        other.equals(commit),
        "%s answers for commit '%s' instead of %s",
        address,
        Shown.text(other),
        commit);
    Optional<String> sum = HASH.matcher(etag).matches() ? Optional.of(etag) : Optional.empty();
    Checks.require(
        sum.isEmpty() || listed.sha256().isEmpty() || sum.equals(listed.sha256()),
        "%s answers with the SHA-256 %s, but the listing of the repository says %s",
        address,
        etag,
        listed.sha256().orElse(""));
    return new RemoteFile(
        listed.name(), etag, size(answer, address, listed), sum.or(listed::sha256));
  }

  private static long size(HttpResponse<?> answer, URI address, Listing.Entry listed) {
    Optional<String> own =
        answer.statusCode() == 200
            ? answer.headers().firstValue("Content-Length")
            : Optional.empty();
    String said = answer.headers().firstValue("X-Linked-Size").or(() -> own).orElse("");
    long size = said.matches("\\d{1,18}") ? Long.parseLong(said) : listed.size().orElse(-1);
    Checks.require(size >= 0, "%s does not say how long the file is", address);
    Checks.require(
        listed.size().orElse(size) == size,
        "%s is %d bytes long, but the listing of the repository says %d",
        address,
        size,
        listed.size().orElse(size));
    return size;
  }
}
