package org.seal4j.serve.http;

/** The answer to one request: whole, or piece by piece. */
public interface Reply {
  /** Sets a header; only before anything is sent. */
  void header(String name, String value);

  /**
   * Sends a whole answer.
   *
   * @param type its media type
   * @throws ClientGoneException where nobody takes it
   */
  void send(int status, String type, byte[] body);

  /**
   * Begins an answer that comes piece by piece.
   *
   * @throws ClientGoneException where nobody takes it
   */
  Pieces begin(int status, String type);

  /**
   * Ends an answer that has begun before it is whole, so that its reader notices: the connection is
   * closed.
   */
  void cut();

  /** The status that was sent; 0 where nothing was sent yet. */
  int status();

  /** An answer in pieces, each of which goes out at once. */
  interface Pieces {
    /** Sends the next one. */
    void send(byte[] piece);

    /** Nothing follows. */
    void end();
  }
}
