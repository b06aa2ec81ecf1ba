package org.seal4j.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes as they are, which no client does, and reads all that comes back. */
final class RawClient {
  private static final int TIMEOUT = 60_000;

  private final URI at;

  RawClient(SmallServer server) {
    at = server.at("/");
  }

  /**
   * What comes back until the server closes the connection; empty where it closes it at once.
   *
   * @throws java.net.SocketTimeoutException where nothing comes for a minute
   */
  String send(byte[] request) throws IOException {
    try (Socket socket = open()) {
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        out.flush();
        socket.shutdownOutput(); // a server that waits for a next request ends at once
      } catch (IOException e) {
        return ""; // closed while it was sent
      }
      return rest(socket);
    }
  }

  String send(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends a part of a request and goes away, with or without a look at the answer. */
  void leave(byte[] request, int sent, boolean abrupt) throws IOException {
    try (Socket socket = open()) {
      if (abrupt) {
        socket.setSoLinger(true, 0); // closes with a reset
      }
      socket.getOutputStream().write(request, 0, sent);
    }
  }

  private Socket open() throws IOException {
    Socket socket = new Socket(at.getHost(), at.getPort());
    socket.setSoTimeout(TIMEOUT);
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return ""; // reset before all was read
    }
  }

  /** A request with a body of JSON, behind which the connection is closed. */
  static byte[] post(String path, byte[] body, String headers) {
    byte[] head =
        ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\n%sContent-Length: %d\r\n\r\n")
            .formatted(path, headers, body.length)
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = java.util.Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }
}
