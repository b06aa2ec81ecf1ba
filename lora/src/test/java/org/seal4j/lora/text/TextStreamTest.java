package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.data.text.Tokenizer;

class TextStreamTest {
  /** One token per byte; 256 is a special token. */
  private static final Tokenizer BYTES =
      new Tokenizer() {
        @Override
        public int[] encode(String text) {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          int[] ids = new int[bytes.length];
          for (int i = 0; i < ids.length; i++) {
            ids[i] = bytes[i] & 0xff;
          }
          return ids;
        }

        @Override
        public String decode(int[] ids) {
          byte[] bytes = new byte[ids.length];
          int n = 0;
          for (int id : ids) {
            if (id < 256) {
              bytes[n++] = (byte) id;
            }
          }
          return new String(bytes, 0, n, StandardCharsets.UTF_8);
        }

        @Override
        public int vocabSize() {
          return 257;
        }

        @Override
        public OptionalInt id(String token) {
          return OptionalInt.empty();
        }

        @Override
        public OptionalInt bos() {
          return OptionalInt.of(256);
        }

        @Override
        public OptionalInt eos() {
          return OptionalInt.empty();
        }
      };

  private final List<String> sent = new ArrayList<>();

  private TextStream stream(String prompt, String... stops) {
    sent.clear();
    return new TextStream(BYTES, BYTES.encode(prompt), List.of(stops), sent::add);
  }

  /** Feeds bytes until the stream stops; the number of tokens taken. */
  private static int feed(TextStream stream, String text) {
    int taken = 0;
    for (int id : BYTES.encode(text)) {
      taken++;
      if (stream.accept(id)) {
        break;
      }
    }
    stream.end();
    return taken;
  }

  @Test
  void characters_go_out_when_their_last_byte_is_there() {
    TextStream stream = stream("Ü");
    feed(stream, "aé€😀z");
    assertThat(sent).containsExactly("a", "é", "€", "😀", "z");
    assertThat(stream.text()).isEqualTo("aé€😀z");
  }

  @Test
  void a_character_that_was_begun_in_the_prompt_or_never_ends_is_not_lost() {
    TextStream stream = stream("a");
    stream.accept(0xe2);
    stream.accept(0x82);
    assertThat(sent).isEmpty();
    stream.end();
    assertThat(stream.text()).isEqualTo("\uFFFD");
  }

  @Test
  void special_tokens_make_no_text() {
    TextStream stream = stream("a");
    stream.accept('b');
    stream.accept(256);
    stream.accept('c');
    stream.end();
    assertThat(String.join("", sent)).isEqualTo("bc");
  }

  @Test
  void the_text_ends_before_the_first_stop_text() {
    TextStream stream = stream("", "\n\n", "END");
    assertThat(feed(stream, "one\ntwo EN three\n\nfour")).isEqualTo(18);
    assertThat(stream.text()).isEqualTo("one\ntwo EN three");
    assertThat(String.join("", sent)).isEqualTo(stream.text());
  }

  @Test
  void what_a_stop_text_begins_with_is_held_back_and_then_sent() {
    TextStream stream = stream("", "END");
    stream.accept('x');
    stream.accept('E');
    stream.accept('N');
    assertThat(String.join("", sent)).isEqualTo("x");
    stream.accept('x');
    assertThat(String.join("", sent)).isEqualTo("xENx");
    stream.accept('E');
    stream.end();
    assertThat(String.join("", sent)).isEqualTo("xENxE");
  }

  @Test
  void any_text_cut_at_its_first_stop_is_what_is_sent() {
    long seed = TestSeeds.value("streams", 20261121L);
    for (int i = 0; i < 2000; i++) {
      Rng rng = Seeds.of(seed).child("stream", i).rng();
      String text = random(rng, rng.nextInt(30));
      String[] stops = {random(rng, rng.between(1, 4)), random(rng, rng.between(1, 3))};
      TextStream stream = stream(random(rng, rng.nextInt(12)), stops);
      feed(stream, text);
      int cut = text.length();
      for (String stop : stops) {
        int at = text.indexOf(stop);
        // the stop that is complete first counts, not the one that begins first
        cut = at >= 0 && end(text, stops) == at + stop.length() ? Math.min(cut, at) : cut;
      }
      assertThat(stream.text())
          .as("'%s' with %s", text, List.of(stops))
          .isEqualTo(text.substring(0, cut));
      assertThat(String.join("", sent)).isEqualTo(stream.text());
    }
  }

  /** Where the stop that is complete first ends. */
  private static int end(String text, String... stops) {
    int end = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = text.indexOf(stop);
      end = at < 0 ? end : Math.min(end, at + stop.length());
    }
    return end;
  }

  private static String random(Rng rng, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("abéb".charAt(rng.nextInt(4)));
    }
    return text.toString();
  }
}
