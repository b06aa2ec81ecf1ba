package org.seal4j.serve.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.ContentHash;

/**
 * One key, without the key itself.
 *
 * @param name by which logs call it
 * @param sha256 of the key in UTF-8, 64 hexadecimal digits
 * @param scopes what it allows
 * @param perMinute number of requests in a minute, at most
 */
public record ApiKey(String name, String sha256, Set<Scope> scopes, int perMinute) {
  /** Shorter ones can be guessed, since what is stored is a plain hash. */
  public static final int SHORTEST = 32;

  public ApiKey {
    Checks.require(
        name.matches("[A-Za-z0-9._-]{1,64}"),
        "a key's name has letters, digits, '.', '_' and '-' but was '%s'",
        Shown.text(name));
    Checks.require(
        sha256.matches("[0-9a-f]{64}"),
        "the key %s is stored as its SHA-256, 64 hexadecimal digits; 'seal serve --hash-key' prints"
            + " it",
        name);
    Checks.require(!scopes.isEmpty(), "the key %s allows nothing; give it a scope", name);
    Checks.require(perMinute >= 1, "perMinute must be at least 1 but was %d", perMinute);
    scopes = Set.copyOf(scopes);
  }

  /** The hash of a key, which is refused where it is short. */
  public static String hash(String key) {
    Checks.require(
        key.length() >= SHORTEST,
        "a key has at least %d characters, since its plain hash is stored, but this one has %d;"
            + " 'openssl rand -hex 32' makes one",
        SHORTEST,
        key.length());
    return ContentHash.ofText(key);
  }

  /** Whether a hash is that of this key, in a time that does not tell how much of it is right. */
  boolean matches(String hash) {
    return MessageDigest.isEqual(
        sha256.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
  }
}
