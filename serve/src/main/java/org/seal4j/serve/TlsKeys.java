package org.seal4j.serve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.check.Checks;

/**
 * What HTTPS needs.
 *
 * @param keyStore file of the certificate and its key, PKCS#12
 * @param passwordVariable environment variable that holds its password
 */
public record TlsKeys(Path keyStore, String passwordVariable) {
  /**
   * Opens the key store.
   *
   * @param password the value of the variable; null where it is not set
   */
  SSLContext open(@Nullable String password) {
    String secret =
        Checks.present(
            password,
            "the environment variable %s, which holds the password of %s, is not set",
            passwordVariable,
            keyStore);
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, secret.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, secret.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw Checks.refuse(
          "cannot open the key store %s: %s; it must be a PKCS#12 file, and %s its password",
          keyStore, String.valueOf(e.getMessage()), passwordVariable);
    }
  }
}
