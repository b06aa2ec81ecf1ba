package org.seal4j.data.hub;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.TextFile;

/** What a hub is asked about one repository: its listing, a file's head, a file. */
final class HubClient {
  private static final int MOST_LISTED_BYTES = 32 << 20;

  private final HubSettings settings;
  private final HubName name;
  private final HubLine line;

  HubClient(HubSettings settings, HubName name, HubLine line) {
    this.settings = settings;
    this.name = name;
    this.line = line;
  }

  /** What the hub has of the repository at this revision. */
  Listing listing() throws BrokenLine {
    String path = "/api/models/%s/revision/%s?blobs=true";
    URI address = address(path.formatted(name.repository(), encoded(name.revision())));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    HttpResponse<Long> answer =
        line.ask(
            HubLine.Question.get(address, HubRefusal.of(settings, name)),
            part -> {
              Checks.require(
                  text.size() + part.remaining() <= MOST_LISTED_BYTES,
                  "%s answers with more than %d bytes, which is no listing of a repository",
                  address,
                  MOST_LISTED_BYTES);
              byte[] bytes = new byte[part.remaining()];
              part.get(bytes);
              text.writeBytes(bytes);
            });
    String type = answer.headers().firstValue("Content-Type").orElse("");
    Checks.require(
        type.contains("json"),
        "%s answers with '%s' instead of JSON, so %s is no address of a hub; see HF_ENDPOINT",
        address,
        Shown.text(type),
        settings.endpoint());
    return Listing.read(
        TextFile.decode(text.toByteArray(), address.toString()), address.toString());
  }

  /**
   * What the hub says of a file before it is fetched.
   *
   * @param listed what the listing says of it
   */
  RemoteFile head(String commit, Listing.Entry listed) throws BrokenLine {
    URI address = file(commit, listed.name());
    HubRefusal refusal = HubRefusal.of(settings, name.withFile(listed.name()));
    return RemoteFile.of(
        line.ask(HubLine.Question.head(address, refusal), part -> {}), address, commit, listed);
  }

  /** Fetches a file from a byte on. */
  void get(String commit, RemoteFile file, long from, Received.Sink sink) throws BrokenLine {
    HubRefusal refusal = HubRefusal.of(settings, name.withFile(file.name()));
    HubLine.Question question = HubLine.Question.get(file(commit, file.name()), refusal).from(from);
    HttpResponse<Long> unused = line.ask(question, sink);
  }

  private URI file(String commit, String file) {
    String path =
        Arrays.stream(file.split("/")).map(HubClient::encoded).collect(Collectors.joining("/"));
    return address("/%s/resolve/%s/%s".formatted(name.repository(), commit, path));
  }

  private URI address(String path) {
    return URI.create(settings.endpoint() + path);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
