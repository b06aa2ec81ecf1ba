package org.seal4j.serve.http;

/**
 * Limits of the JDK's server on what it reads before a request is one. They are system properties
 * that are read once a process; one that is set already stays.
 */
final class JdkProperties {
  private static final int SPARE_BYTES = 1 << 20;
  private static final String PREFIX = "sun.net.httpserver.";

  private JdkProperties() {}

  static void apply(HttpLimits limits) {
    set("maxReqTime", limits.readSeconds());
    // Above these the JDK's server closes the connection without a word, so that ours come first.
    set("maxReqHeaderSize", Math.addExact(limits.headerBytes(), SPARE_BYTES));
    set("maxReqHeaders", 10 * HttpLimits.HEADERS);
    set("idleInterval", limits.readSeconds());
    // Without it a small answer waits for the client's acknowledgement of its head.
    setText("nodelay", "true");
  }

  private static void set(String name, int value) {
    setText(name, Integer.toString(value));
  }

  private static void setText(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}
