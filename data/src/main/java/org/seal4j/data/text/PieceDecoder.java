package org.seal4j.data.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How SentencePiece makes text of pieces: U+2581 is a blank again, runs of byte pieces are UTF-8,
 * and the blank that was put before the text goes.
 *
 * @param unknown the unknown piece
 * @param surface what is written for it
 */
record PieceDecoder(String unknown, String surface, PieceNormalizer.Rules rules)
    implements UnaryOperator<List<String>> {

  @Override
  public List<String> apply(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    boolean start = rules.dummyPrefix() || rules.removeExtra();
    for (String token : tokens) {
      if (Decoders.isByte(token)) {
        run.write(HexFormat.fromHexDigits(token, 3, 5));
        start = false;
        continue;
      }
      flush(run, text);
      if (token.equals(unknown)) {
        text.append(surface);
        start = false;
        continue;
      }
      boolean blank = start && token.startsWith(PieceList.BLANK);
      String rest = blank ? token.substring(1) : token;
      text.append(rest.replace(PieceList.BLANK, " "));
      start &= rest.isEmpty() && (!blank || rules.removeExtra());
    }
    flush(run, text);
    return List.of(text.toString());
  }

  /** Each byte that is no part of a character becomes U+FFFD. */
  private static void flush(ByteArrayOutputStream run, StringBuilder text) {
    ByteBuffer in = ByteBuffer.wrap(run.toByteArray());
    run.reset();
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer out = CharBuffer.allocate(in.remaining());
    while (in.hasRemaining()) {
      if (decoder.reset().decode(in, out, true).isError()) {
        out.put('\uFFFD');
        in.get();
      }
    }
    text.append(out.flip());
  }
}
