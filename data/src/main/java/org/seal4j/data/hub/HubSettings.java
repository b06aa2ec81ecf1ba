package org.seal4j.data.hub;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.TextFile;

/**
 * Where the hub and its cache are, and who asks: what Python's huggingface_hub takes from the same
 * variables. {@code HF_ENDPOINT} is the address of the hub, {@code HF_HUB_CACHE} the cache (else
 * {@code hub} in {@code HF_HOME}, else {@code ~/.cache/huggingface/hub}), {@code HF_TOKEN} the
 * token (else the file {@code token} in {@code HF_HOME}), {@code HF_HUB_OFFLINE=1} forbids the
 * network, {@code HF_HUB_DISABLE_SYMLINKS=1} makes copies in the cache instead of links.
 */
public final class HubSettings {
  private static final String HUB = "https://huggingface.co";
  private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");
  private static final int LONGEST_TOKEN = 1 << 12;

  private final URI endpoint;
  private final Path cache;
  private final @Nullable String token;
  private final boolean offline;
  private final boolean links;

  private HubSettings(Variables variables) {
    Path home =
        variables
            .path("HF_HOME")
            .or(() -> variables.path("XDG_CACHE_HOME").map(all -> all.resolve("huggingface")))
            .orElseGet(() -> variables.home().resolve(".cache").resolve("huggingface"));
    endpoint = endpoint(variables.text("HF_ENDPOINT").orElse(HUB));
    cache =
        variables
            .path("HF_HUB_CACHE")
            .or(() -> variables.path("HUGGINGFACE_HUB_CACHE"))
            .orElseGet(() -> home.resolve("hub"));
    Path file = variables.path("HF_TOKEN_PATH").orElseGet(() -> home.resolve("token"));
    token = token(variables, file);
    offline = variables.isSet("HF_HUB_OFFLINE") || variables.isSet("TRANSFORMERS_OFFLINE");
    links = !variables.isSet("HF_HUB_DISABLE_SYMLINKS");
  }

  /**
   * As the environment of this process says. A system property of the same name, such as {@code
   * -DHF_HOME=...}, counts before a variable.
   */
  public static HubSettings here() {
    return of(
        name -> {
          String property = System.getProperty(name);
          return property == null ? System.getenv(name) : property;
        });
  }

  /**
   * As these variables say.
   *
   * @param environment the value of a variable, null where it is not set
   */
  public static HubSettings of(UnaryOperator<@Nullable String> environment) {
    return new HubSettings(new Variables(environment));
  }

  /** The values of variables; an empty one counts as not set. */
  private record Variables(UnaryOperator<@Nullable String> environment) {
    Optional<String> text(String name) {
      String value = environment.apply(name);
      return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }

    boolean isSet(String name) {
      return text(name).map(value -> YES.contains(value.toUpperCase(Locale.ROOT))).orElse(false);
    }

    Path home() {
      return Path.of(text("HOME").orElseGet(() -> System.getProperty("user.home")));
    }

    Optional<Path> path(String name) {
      return text(name)
          .map(
              value ->
                  value.equals("~") || value.startsWith("~/") ? home() + value.substring(1) : value)
          .map(Path::of);
    }
  }

  private static URI endpoint(String text) {
    try {
      URI address = new URI(text.replaceAll("/+$", ""));
      String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
      Checks.require(
          List.of("http", "https").contains(scheme) && address.getHost() != null,
          "HF_ENDPOINT is '%s'; it must be the address of a hub, such as %s",
          Shown.text(text),
          HUB);
      return address;
    } catch (URISyntaxException e) {
      throw Checks.refuse("HF_ENDPOINT is '%s', which is no address", Shown.text(text));
    }
  }

  private static @Nullable String token(Variables variables, Path file) {
    Optional<String> named =
        variables.text("HF_TOKEN").or(() -> variables.text("HUGGING_FACE_HUB_TOKEN"));
    String found =
        named.orElseGet(
            () -> Files.isRegularFile(file) ? TextFile.read(file, LONGEST_TOKEN).strip() : "");
    Checks.require(
        found.chars().allMatch(c -> c > ' ' && c < 127),
        "%s holds no token: it must be one word of plain characters",
        named.isPresent() ? "HF_TOKEN" : file);
    return found.isEmpty() ? null : found;
  }

  /** The address of the hub, without a slash at its end. */
  public URI endpoint() {
    return endpoint;
  }

  /** The folder of the cache, which may not exist yet. */
  public Path cache() {
    return cache;
  }

  /** Whether the network may not be used. */
  public boolean offline() {
    return offline;
  }

  /** Whether snapshots may be links. */
  boolean links() {
    return links;
  }

  /** Who asks; empty for nobody. Goes into the header of requests to the endpoint alone. */
  Optional<String> token() {
    return Optional.ofNullable(token);
  }
}
