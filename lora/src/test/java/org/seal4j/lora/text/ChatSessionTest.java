package org.seal4j.lora.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.testing.TestSeeds;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.ChatMessage;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.generate.Sampling;

class ChatSessionTest {
  private static final Seeds SEEDS = TestSeeds.of("chat session", 20261126L);
  private static final ChatMessage SYSTEM = new ChatMessage("system", "Be brief.");

  @TempDir Path folder;

  private static Completion.Request request(long seed, int tokens) {
    return new Completion.Request(Sampling.at(1), tokens, List.of(), seed);
  }

  private TextModel model(int context) throws IOException {
    return TextModel.open(ChatFolder.write(folder, context), null, null);
  }

  @Test
  void a_question_is_answered_with_all_that_was_said_before() throws IOException {
    try (TextModel model = model(900);
        ChatSession session = ChatSession.open(model, List.of(SYSTEM))) {
      Completion first = session.ask("Where is Ulm?", request(1, 20), piece -> {});
      Completion second = session.ask("And the Danube?", request(2, 20), piece -> {});
      List<ChatMessage> said =
          List.of(
              SYSTEM,
              new ChatMessage("user", "Where is Ulm?"),
              new ChatMessage("assistant", first.text()),
              new ChatMessage("user", "And the Danube?"));
      try (ChatSession fresh = ChatSession.open(model, said)) {
        Completion again = fresh.reply(request(2, 20), piece -> {});
        assertThat(again.tokens()).isEqualTo(second.tokens());
        assertThat(again.text()).isEqualTo(second.text());
        assertThat(fresh.messages()).isEqualTo(session.messages());
      }
      assertThat(session.messages()).startsWith(said.toArray(ChatMessage[]::new)).hasSize(5);
      assertThat(second.prompt()).isEqualTo("And the Danube?");
      assertThat(second.promptTokens()).isGreaterThan(first.promptTokens() + 20);
      try (ChatSession other = ChatSession.open(model, said.subList(1, 4))) {
        assertThat(other.reply(request(2, 20), piece -> {}).tokens()).isNotEqualTo(second.tokens());
      }
    }
  }

  /**
   * What is kept from turn to turn, across growing, shortened and changed talks, changes nothing.
   */
  @Test
  @Tag("slow")
  void every_turn_is_answered_as_by_a_session_that_reads_all_of_it() throws IOException {
    try (TextModel model = model(3000);
        ChatSession session = ChatSession.open(model, List.of(SYSTEM))) {
      for (int turn = 0; turn < 9; turn++) {
        if (turn == 4) { // the first answer is another than the model gave
          List<ChatMessage> said = new ArrayList<>(session.messages());
          said.set(2, new ChatMessage("assistant", "In Swabia."));
          session.goOnFrom(said);
        } else if (turn == 7) {
          session.goOnFrom(List.of(SYSTEM));
        }
        List<ChatMessage> asked = new ArrayList<>(session.messages());
        String question = "Question " + turn + ": " + "where is Ulm? ".repeat(1 + turn % 3);
        asked.add(new ChatMessage("user", question));
        Completion kept = session.ask(question, request(turn, 60), piece -> {});
        try (ChatSession fresh = ChatSession.open(model, asked)) {
          Completion anew = fresh.reply(request(turn, 60), piece -> {});
          assertThat(kept.tokens()).as("turn %d", turn).isEqualTo(anew.tokens());
          assertThat(kept.meanLogProb()).isEqualTo(anew.meanLogProb());
        }
      }
    }
  }

  /** Told by weights that change in between, which they may not do: they are not asked again. */
  @Test
  void what_was_read_for_one_question_is_not_read_again_for_the_next() throws IOException {
    try (TextModel model = model(3000);
        ChatSession session = ChatSession.open(model, List.of(SYSTEM))) {
      session.ask("Where is Ulm? ".repeat(20), request(1, 5), piece -> {});
      List<ChatMessage> asked = new ArrayList<>(session.messages());
      asked.add(new ChatMessage("user", "And the Danube?"));
      model.folder().weights().get("model.embed_tokens.weight").muli(1.5);
      Completion kept = session.ask("And the Danube?", request(2, 5), piece -> {});
      try (ChatSession fresh = ChatSession.open(model, asked)) {
        Completion anew = fresh.reply(request(2, 5), piece -> {});
        assertThat(kept.promptTokens()).isEqualTo(anew.promptTokens());
        assertThat(kept.meanLogProb()).isNotEqualTo(anew.meanLogProb());
      }
    }
  }

  @Test
  @Tag("slow")
  void an_answer_ends_at_the_end_of_a_turn_and_at_the_end_of_texts() throws IOException {
    Set<Integer> lasts = new HashSet<>();
    try (TextModel model = model(900)) {
      Tokenizer tokenizer = model.tokenizer();
      int end = tokenizer.id("<|endoftext|>").orElseThrow();
      int turn = tokenizer.id("<|im_end|>").orElseThrow();
      assertThat(ChatSession.ends(model, model.chat())).containsExactlyInAnyOrder(end, turn);
      for (int trial = 0; trial < 30; trial++) {
        try (ChatSession one = ChatSession.open(model, List.of())) {
          Completion made =
              one.ask("Ulm?", request(SEEDS.child("end", trial).value(), 200), piece -> {});
          int[] ids = made.tokens();
          if (made.reason().equals("end")) {
            lasts.add(ids[ids.length - 1]);
          }
          for (int i = 0; i < ids.length - 1; i++) {
            assertThat(ids[i]).isNotIn(end, turn);
          }
          assertThat(made.text()).doesNotContain("<|im_end|>", "<|endoftext|>");
        }
      }
      assertThat(lasts).containsExactlyInAnyOrder(end, turn);
    }
  }

  @Test
  @Tag("slow")
  void pieces_are_whole_characters_and_together_the_answer() throws IOException {
    try (TextModel model = model(900);
        ChatSession session = ChatSession.open(model, List.of())) {
      for (int trial = 0; trial < 4; trial++) {
        List<String> pieces = new ArrayList<>();
        Completion made =
            session.ask("Ulm?", request(SEEDS.child("pieces", trial).value(), 40), pieces::add);
        assertThat(String.join("", pieces)).isEqualTo(made.text());
        for (String piece : pieces) {
          assertThat(piece.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff)).isTrue();
        }
      }
    }
  }

  @Test
  @Tag("slow")
  void a_conversation_that_does_not_fit_is_refused_and_stays_as_it_was() throws IOException {
    try (TextModel model = model(60);
        ChatSession session = ChatSession.open(model, List.of(SYSTEM))) {
      assertThatThrownBy(() -> session.ask("Ulm? ".repeat(30), request(1, 5), piece -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("but the model reads at most 60; shorten it");
      assertThat(session.messages()).containsExactly(SYSTEM);
      session.ask("Ulm?", request(1, 5), piece -> {});
      assertThat(session.messages()).hasSize(3);
      assertThatThrownBy(() -> session.reply(request(1, 5), piece -> {}))
          .hasMessageContaining("the last message is the model's own");
    }
  }

  @Test
  void a_model_without_a_template_cannot_talk() throws IOException {
    ChatFolder.write(folder, 100);
    Files.delete(folder.resolve("chat_template.jinja"));
    try (TextModel model = TextModel.open(folder, null, null)) {
      assertThatThrownBy(() -> ChatSession.open(model, List.of()))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no chat template here");
    }
  }

  @Test
  void the_template_of_an_adapter_counts_before_that_of_the_model() throws IOException {
    ChatFolder.write(folder, 100);
    Path adapter = folder.resolve("adapter");
    LoraConfig lora = new LoraConfig(2, 4, false, TargetModules.allLinear());
    try (AdapterBank bank = new AdapterBank(1, ChatFolder.config(), lora);
        PeftAdapter made = PeftAdapter.of(ChatFolder.config(), bank, 0, "")) {
      made.save(adapter);
    }
    int[] own;
    try (TextModel model = TextModel.open(folder, null, adapter)) {
      own = model.chat().encode(List.of(SYSTEM), "");
    }
    Files.writeString(
        adapter.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.content }}{% endfor %}");
    try (TextModel model = TextModel.open(folder, null, adapter)) {
      assertThat(model.chat().encode(List.of(SYSTEM), ""))
          .isEqualTo(model.tokenizer().encode("Be brief."))
          .isNotEqualTo(own);
    }
    try (TextModel model = TextModel.open(folder, folder.resolve("tokenizer.json"), adapter)) {
      assertThat(model.chat().encode(List.of(SYSTEM), "")).isEqualTo(own);
    }
  }
}
