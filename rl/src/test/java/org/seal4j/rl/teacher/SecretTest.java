package org.seal4j.rl.teacher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.testing.TestSeeds;

/** A key leaves no text, whatever form a service gives it. */
class SecretTest {
  private static final String KEY = "sk-proj/A+b=c&d\"e\\f<g>'h%i_1";

  private static Secret secret(String key) {
    return Secret.of(key, "SEAL_KEY", "https://x/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {KEY, "sk-very-secret-0123456789", "%25%25%25%25", "\\\\\\\\\\\\\\\\", "aaaaaaaa"})
  void a_key_is_found_with_any_of_its_characters_escaped_in_any_way(String key) {
    Rng rng = TestSeeds.of("escaped keys", 11).rng();
    for (int i = 0; i < 300; i++) {
      StringBuilder echoed = new StringBuilder();
      key.chars().forEach(c -> echoed.append(escaped((char) c, rng)));
      assertThat(secret(key).scrub("before " + echoed + " after"))
          .as(echoed.toString())
          .doesNotContain(key)
          .startsWith("before <key>")
          .endsWith(" after");
    }
  }

  private static String escaped(char c, Rng rng) {
    String hex = String.format(Locale.ROOT, "%02x", (int) c);
    return switch (rng.nextInt(8)) {
      case 0 -> "%" + hex;
      case 1 -> "%25" + hex.toUpperCase(Locale.ROOT);
      case 2 -> "\\u00" + hex;
      case 3 -> "\\\\U00" + hex.toUpperCase(Locale.ROOT);
      case 4 -> "&#" + (int) c + ";";
      case 5 -> "&#x" + hex + ";";
      case 6 -> "\\x" + hex;
      default -> String.valueOf(c);
    };
  }

  @Test
  void the_usual_encodings_of_a_whole_key_are_found() {
    String url = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    String json = KEY.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
    String html =
        KEY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    for (String form : new String[] {KEY, url, json, html, "Bearer " + KEY, KEY + KEY}) {
      assertThat(secret(KEY).scrub("(" + form + ")")).doesNotContain("proj").contains("<key>");
    }
    for (String before : new String[] {"", "a", "ab", "abc", "Bearer "}) {
      byte[] bytes = (before + KEY + "!").getBytes(StandardCharsets.UTF_8);
      assertThat(secret(KEY).scrub(Base64.getEncoder().encodeToString(bytes))).contains("<key>");
      assertThat(secret(KEY).scrub(Base64.getUrlEncoder().encodeToString(bytes))).contains("<key>");
    }
  }

  @Test
  void a_text_that_breaks_off_within_the_key_shows_none_of_it() {
    assertThat(secret("sk-very-secret").scrub("my key is sk-very-sec"))
        .isEqualTo("my key is <key>");
    assertThat(secret("sk-very-secret").scrub("sk-very-secure is fine"))
        .isEqualTo("sk-very-secure is fine");
  }

  @Test
  @Tag("slow")
  void other_texts_stay_as_they_are_and_long_ones_take_no_time() {
    String text = "C:\\new %20 &amp; \\u0041 sk- \uD83D\uDE00 " + "sk-very-".repeat(100_000) + "%";
    assertThat(secret("sk-very-secret").scrub(text)).isEqualTo(text);
    assertThat(Secret.none().scrub(text)).isEqualTo(text);
    assertThat(secret("sk-very-secret").scrub("\\".repeat(20_000))).hasSize(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two words", "sch\u00f6n-wie-nie", "a\nb-c-d-e-f"})
  void what_is_no_key_is_refused_and_not_shown(String found) {
    assertThatThrownBy(() -> secret(found))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("SEAL_KEY")
        .hasMessageContaining("holds no key for https://x/v1");
  }

  @Test
  void a_key_that_could_be_a_word_is_refused_and_not_shown() {
    assertThatThrownBy(() -> secret("EMPTY"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a key of 5 characters")
        .hasMessageContaining("leave keyVariable empty")
        .hasMessageNotContaining("EMPTY");
  }
}
