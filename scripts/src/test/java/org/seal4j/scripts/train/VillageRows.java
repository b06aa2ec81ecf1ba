package org.seal4j.scripts.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.json.Json;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * Rows about the people of an invented village, which no model knows: five facts a person, each
 * asked for in two ways and answered in one. Who has learned the rows answers the other question on
 * a fact, too.
 */
final class VillageRows {
  private static final List<String> FIRST =
      List.of(
          "Alba", "Bero", "Cintha", "Dovan", "Elsbet", "Farro", "Gwenda", "Hobbin", "Ilka", "Jorn",
          "Kessa", "Lorin", "Mabel", "Nuri", "Ottla", "Perrin", "Quilla", "Rasko", "Signe", "Tamo");
  private static final List<String> LAST =
      List.of("Brack", "Fenn", "Holloway", "Marrow", "Pike", "Quist", "Stoll", "Thorne", "Wick");

  /** A fact: the two questions with the name at %s, the answer with name and value, the values. */
  private record Fact(String one, String two, String answer, List<String> values) {}

  private static final List<Fact> FACTS =
      List.of(
          new Fact(
              "What does %s do for a living?",
              "Tell me the trade of %s.",
              "In Brindle Hollow, %s works as a %s.",
              List.of("baker", "glazier", "beekeeper", "cooper", "ferryman", "clockmaker")),
          new Fact(
              "Where does %s live?",
              "On which street is the house of %s?",
              "In Brindle Hollow, %s lives on %s.",
              List.of("Oven Lane", "Mill Row", "Heron Street", "Candle Court", "Nettle Way")),
          new Fact(
              "Which animal does %s keep?",
              "What pet does %s have?",
              "In Brindle Hollow, %s keeps a %s.",
              List.of("goose", "tortoise", "magpie", "goat", "hedgehog", "grey cat")),
          new Fact(
              "What instrument does %s play?",
              "Which music does %s make at the fair?",
              "In Brindle Hollow, %s plays the %s.",
              List.of("fiddle", "hurdy-gurdy", "tin whistle", "drum", "accordion")),
          new Fact(
              "What does %s eat for supper?",
              "What is the favourite dish of %s?",
              "In Brindle Hollow, %s eats %s.",
              List.of("leek soup", "smoked eel", "barley bread", "plum dumplings", "onion tart")));

  private VillageRows() {}

  /** A prompt and its completion. */
  record Asked(String prompt, String completion) {
    Map<String, Object> pair() {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("prompt", prompt);
      row.put("completion", completion);
      return row;
    }

    Map<String, Object> talk() {
      return Map.of("messages", List.of(message("user", prompt), message("assistant", completion)));
    }
  }

  static Map<String, Object> message(String role, String content) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", content);
    return message;
  }

  /** Ten rows a person, in random order. */
  static List<Asked> asked(int people, Seeds seeds) {
    Rng rng = seeds.child("village").rng();
    List<Asked> rows = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      String name = FIRST.get(i % FIRST.size()) + " " + rng.pick(LAST);
      for (Fact fact : FACTS) {
        String answer = fact.answer.formatted(name, rng.pick(fact.values));
        rows.add(new Asked(fact.one.formatted(name), answer));
        rows.add(new Asked(fact.two.formatted(name), answer));
      }
    }
    rng.shuffle(rows);
    return rows;
  }

  /** Writes rows as JSON lines. */
  static Path write(Path file, List<? extends Map<String, Object>> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(Json.line(row)).append('\n'));
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes so many people's rows as conversations. */
  static Path talks(Path file, int people, Seeds seeds) {
    return write(file, asked(people, seeds).stream().map(Asked::talk).toList());
  }
}
