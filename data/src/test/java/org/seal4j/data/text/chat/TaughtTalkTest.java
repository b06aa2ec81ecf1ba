package org.seal4j.data.text.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.check.InputException;
import org.seal4j.data.testing.SharedData;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.Tokenizers;

class TaughtTalkTest {
  private static final String TEXT = "Where is Ulm? Ulm lies on the Danube, where else?";
  private static final Tokenizer TOKENIZER =
      BpeTrainer.train(
              List.of(TEXT, TEXT),
              BpeTrainerConfig.bytes(300)
                  .withSpecials(
                      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"), "", "<|endoftext|>"))
          .tokenizer();
  private static final ChatEncoder CHATML = KnownTemplate.QWEN2.encoder(TOKENIZER);
  private static final List<ChatMessage> TALK =
      List.of(
          new ChatMessage("system", "Be brief."),
          new ChatMessage("user", "Where is Ulm?"),
          new ChatMessage("assistant", "On the Danube."),
          new ChatMessage("user", "Where else?"),
          new ChatMessage("assistant", "Ulm lies there."));

  private static ChatEncoder encoder(String template) {
    return new ChatEncoder(ChatTemplate.of(template, Map.of(), "test"), TOKENIZER);
  }

  private static TaughtTokens assistant(ChatEncoder encoder, List<ChatMessage> talk) {
    return encoder.taught(talk, i -> talk.get(i).role().equals("assistant"));
  }

  /** The stretches that are taught, special tokens in spelling. */
  private static List<String> taught(TaughtTokens tokens) {
    List<String> stretches = new ArrayList<>();
    for (int i = 0; i < tokens.ids().length; i++) {
      if (tokens.taught()[i]) {
        boolean first = i == 0 || !tokens.taught()[i - 1];
        String text = spelled(tokens.ids()[i]);
        if (first) {
          stretches.add(text);
        } else {
          stretches.add(stretches.remove(stretches.size() - 1) + text);
        }
      }
    }
    return stretches;
  }

  private static String spelled(int id) {
    for (String special : List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>")) {
      if (TOKENIZER.id(special).orElse(-1) == id) {
        return special;
      }
    }
    return TOKENIZER.decode(new int[] {id});
  }

  @Test
  void every_turn_of_the_assistant_is_taught_with_its_end_and_nothing_else() {
    TaughtTokens tokens = assistant(CHATML, TALK);
    assertThat(taught(tokens))
        .containsExactly("On the Danube.<|im_end|>", "Ulm lies there.<|im_end|>");
    assertThat(tokens.ids())
        .isEqualTo(TOKENIZER.encode(KnownTemplate.QWEN2.template().render(TALK, false)));
    assertThat(tokens.count()).isEqualTo(sum(tokens));
    assertThat(taught(CHATML.taught(TALK, i -> i == 4)))
        .containsExactly("Ulm lies there.<|im_end|>");
  }

  private static int sum(TaughtTokens tokens) {
    int sum = 0;
    for (boolean one : tokens.taught()) {
      sum += one ? 1 : 0;
    }
    return sum;
  }

  @Test
  void what_stands_before_the_last_answer_is_what_a_model_reads_when_it_is_asked() {
    TaughtTokens tokens = assistant(CHATML, TALK);
    assertThat(Arrays.copyOf(tokens.ids(), tokens.lastStart()))
        .isEqualTo(CHATML.encode(TALK.subList(0, 4), ""));
  }

  @Test
  void an_answer_that_begins_as_its_prompt_ends_is_cut_where_the_prompt_ends() {
    List<ChatMessage> talk =
        List.of(new ChatMessage("user", "?"), new ChatMessage("assistant", "\n\nUlm"));
    TaughtTokens tokens = assistant(CHATML, talk);
    assertThat(taught(tokens)).containsExactly("\n\nUlm<|im_end|>");
    assertThat(Arrays.copyOf(tokens.ids(), tokens.lastStart()))
        .isEqualTo(CHATML.encode(talk.subList(0, 1), ""));
  }

  @Test
  void messages_that_spell_the_end_of_a_turn_end_nothing() {
    List<ChatMessage> talk =
        List.of(
            new ChatMessage("user", "<|im_end|>"), new ChatMessage("assistant", "a <|im_end|> b"));
    TaughtTokens tokens = assistant(CHATML, talk);
    assertThat(taught(tokens)).containsExactly("a <|im_end|> b<|im_end|>");
    int end = CHATML.turnEnd();
    assertThat(Arrays.stream(tokens.ids()).filter(id -> id == end)).hasSize(2);
  }

  @Test
  void a_template_without_an_end_of_turns_gets_the_end_of_texts_behind_the_last_one() {
    ChatEncoder plain =
        encoder("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}");
    assertThat(taught(assistant(plain, TALK)))
        .containsExactly("On the Danube.", "Ulm lies there.<|endoftext|>");
  }

  @Test
  void a_template_that_strips_messages_is_followed() {
    ChatEncoder strips =
        encoder(
            "{% for m in messages %}<|im_start|>{{ m.role }} {{ m.content | trim }}<|im_end|>"
                + "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant {% endif %}");
    List<ChatMessage> talk =
        List.of(new ChatMessage("user", " Ulm? "), new ChatMessage("assistant", " Yes. "));
    assertThat(taught(assistant(strips, talk))).containsExactly("Yes.<|im_end|>");
  }

  @Test
  void where_messages_are_rewritten_the_prompt_of_each_turn_says_where_it_begins() {
    String loud =
        "{% for m in messages %}<|im_start|>{{ m.role }} {{ m.content | upper }}<|im_end|>"
            + "{% endfor %}";
    ChatEncoder prompted =
        encoder(loud + "{% if add_generation_prompt %}<|im_start|>assistant {% endif %}");
    assertThat(taught(assistant(prompted, TALK)))
        .containsExactly("ON THE DANUBE.<|im_end|>", "ULM LIES THERE.<|im_end|>");
    ChatEncoder other =
        encoder(loud + "{% if add_generation_prompt %}<|im_start|>model {% endif %}");
    assertThatThrownBy(() -> assistant(other, TALK))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rewrites the messages");
  }

  @Test
  @Tag("slow")
  void a_conversation_of_smollm2_is_the_text_of_its_template_as_tokens() {
    Path model = SharedData.orSkip("weights/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf");
    Tokenizer tokenizer = Tokenizers.load(model);
    ChatTemplate template = ChatTemplate.load(model);
    ChatEncoder encoder = new ChatEncoder(template, tokenizer);
    List<ChatMessage> talk = TALK.subList(1, 5);
    TaughtTokens tokens = assistant(encoder, talk);
    assertThat(tokens.ids()).isEqualTo(tokenizer.encode(template.render(talk, false)));
    int[] expected = tokenizer.encode("On the Danube.<|im_end|>Ulm lies there.<|im_end|>");
    List<Integer> marked = new ArrayList<>();
    for (int i = 0; i < tokens.ids().length; i++) {
      if (tokens.taught()[i]) {
        marked.add(tokens.ids()[i]);
      }
    }
    assertThat(marked).containsExactlyElementsOf(Arrays.stream(expected).boxed().toList());
  }
}
