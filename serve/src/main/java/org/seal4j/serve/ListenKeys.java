package org.seal4j.serve;

import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * Where a server listens.
 *
 * @param host address or name of this machine
 * @param port number of the port, 0 for a free one
 * @param hosts further names that it is asked by, where no keys are used
 * @param stopSeconds seconds that answers have to be over when it is told to stop
 */
public record ListenKeys(String host, int port, List<String> hosts, int stopSeconds) {
  public ListenKeys {
    Checks.require(!host.isBlank(), "host must be an address such as 127.0.0.1 but is empty");
    Checks.require(
        port >= 0 && port <= 65_535, "port must be between 0 and 65535 but was %d", port);
    for (String name : hosts) {
      Checks.require(
          name.matches("[a-z0-9.:\\[\\]-]+"),
          "hosts are names in lower case without a port but one is '%s'",
          Shown.text(name));
    }
    Checks.require(stopSeconds >= 0, "stopSeconds must be at least 0 but was %d", stopSeconds);
    hosts = List.copyOf(hosts);
  }
}
