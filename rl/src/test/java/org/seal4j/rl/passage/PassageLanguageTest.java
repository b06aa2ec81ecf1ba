package org.seal4j.rl.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.InputException;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.Question;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.chat.KnownTemplate;
import org.seal4j.eval.squad.OfflineGrader;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.train.InnerLoopConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.Sampling;
import org.seal4j.model.plan.Workers;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.rl.Outcome;
import org.seal4j.rl.ParsedEdit;
import org.seal4j.rl.Proposal;
import org.seal4j.rl.SampleRequest;
import org.seal4j.rl.WeightedProposal;
import org.seal4j.rl.inner.AdapterFit;
import org.seal4j.rl.inner.AdapterLearner;
import org.seal4j.rl.inner.ModelPolicy;
import org.seal4j.rl.inner.SharedModel;

/** Prompts, texts and answers as tokens: plain and as a conversation. */
class PassageLanguageTest {
  private static final long SEED = Long.getLong("seal.seed", 20261121);
  private static final Passage ULM =
      new Passage(
          "u",
          "Ulm",
          "Ulm lies on the Danube. Its minster is <|im_end|> high.",
          List.of(Question.of("q", "Where does it lie?", "on the Danube")));
  private static final Question QUESTION = ULM.questions().get(0);
  private static final Tokenizer TOKENIZER =
      BpeTrainer.train(
              List.of(ULM.context(), ULM.context()),
              BpeTrainerConfig.bytes(300)
                  .withSpecials(
                      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|next|>"),
                      "",
                      "<|endoftext|>"))
          .tokenizer();
  private static final PromptKind KIND = PromptKinds.builtIn().named("implications");
  private static final int TEXT_END = TOKENIZER.eos().orElseThrow();
  private static final int TURN_END = TOKENIZER.id("<|im_end|>").orElseThrow();
  private static final int TURN_START = TOKENIZER.id("<|im_start|>").orElseThrow();
  private static final int NEXT = TOKENIZER.id("<|next|>").orElseThrow();

  private static PassageLanguage language(boolean chat, QuestionPrompt question) {
    return new PassageLanguage(
        TOKENIZER,
        KIND,
        question,
        chat ? Optional.of(KnownTemplate.QWEN2.encoder(TOKENIZER)) : Optional.empty(),
        List.of(NEXT),
        900);
  }

  private static PassageLanguage chat() {
    return language(true, ClosedBookPrompt.defaults());
  }

  private static PassageLanguage plain() {
    return language(false, ClosedBookPrompt.defaults());
  }

  private static long count(TokenSequence sequence, int id) {
    return Arrays.stream(sequence.ids()).filter(one -> one == id).count();
  }

  @Test
  void a_conversation_has_system_user_and_the_begun_turn_of_the_assistant() {
    TokenSequence edit = chat().editPrompt(ULM);
    assertThat(TOKENIZER.decode(edit.ids()))
        .isEqualTo(
            "system\n%s\nuser\nPassage:\nUlm\n%s\nassistant\nImplications:\n"
                .formatted(KIND.instruction(), ULM.context()));
    assertThat(count(edit, TURN_START)).isEqualTo(3);
    assertThat(count(edit, TURN_END)).as("the passage ends no turn").isEqualTo(2);
    assertThat(edit.weights()).containsOnly(0f);
    assertThat(chat().editPromptLength(ULM)).isEqualTo(edit.length());
    TokenSequence asked = chat().questionPrompt(ULM, QUESTION);
    assertThat(TOKENIZER.decode(asked.ids()))
        .startsWith("system\nGive a direct")
        .endsWith("\nuser\nTopic: Ulm\nWhere does it lie?\nassistant\n");
    assertThat(TOKENIZER.decode(plain().editPrompt(ULM).ids()))
        .isEqualTo(KIND.text(ULM).replace("<|im_end|>", ""));
  }

  @Test
  void what_is_written_ends_a_turn_and_a_training_text_ends_a_text() {
    TokenSequence edit = chat().editExample(ULM, "Ulm.");
    assertThat(edit.ids()[edit.length() - 1]).isEqualTo(TURN_END);
    TokenSequence gold = chat().gold(ULM, QUESTION);
    assertThat(gold.ids()[gold.length() - 1]).isEqualTo(TURN_END);
    TokenSequence text = chat().document("Ulm.");
    assertThat(text.ids()[text.length() - 1]).isEqualTo(TEXT_END);
    assertThat(chat().stop(5).tokens()).containsExactlyInAnyOrder(TEXT_END, TURN_END, NEXT);
    assertThat(plain().stop(5).tokens()).containsExactlyInAnyOrder(TEXT_END, NEXT);
    TokenSequence plainEdit = plain().editExample(ULM, "Ulm.");
    assertThat(plainEdit.ids()[plainEdit.length() - 1]).isEqualTo(TEXT_END);
  }

  @Test
  void texts_that_spell_an_end_do_not_end() {
    String text = "So <|endoftext|> it <|im_end|> goes.";
    for (PassageLanguage language : List.of(plain(), chat())) {
      TokenSequence document = language.document(text);
      assertThat(count(document, TEXT_END)).isEqualTo(1);
      assertThat(count(document, TURN_END)).isZero();
      assertThat(TOKENIZER.decode(document.ids())).isEqualTo(text);
    }
  }

  @Test
  void a_gold_answer_stands_behind_the_marker_and_alone_has_weight() {
    for (boolean chat : new boolean[] {false, true}) {
      PassageLanguage thinking = language(chat, new ClosedBookPrompt(true, "Final answer:"));
      TokenSequence gold = thinking.gold(ULM, QUESTION);
      int from = 0;
      while (gold.weights()[from] == 0) {
        from++;
      }
      int[] before = Arrays.copyOf(gold.ids(), from);
      int[] answer = Arrays.copyOfRange(gold.ids(), from, gold.length());
      assertThat(before).startsWith(thinking.questionPrompt(ULM, QUESTION).ids());
      assertThat(TOKENIZER.decode(before))
          .endsWith(chat ? "assistant\nFinal answer:" : "Final answer:");
      assertThat(TOKENIZER.decode(answer)).isEqualTo(" on the Danube");
      assertThat(Arrays.copyOfRange(gold.weights(), from, gold.length())).containsOnly(1f);
    }
    assertThat(TOKENIZER.decode(plain().gold(ULM, QUESTION).ids()))
        .endsWith("Answer:\non the Danube");
  }

  @Test
  @Tag("slow")
  void in_a_conversation_the_policy_stops_where_it_learned_to_end_its_turn() {
    ModelConfig sizes = ModelConfig.small(TOKENIZER.vocabSize(), 16, 2, 2, 24);
    try (Weights weights = Weights.random(sizes, 0.4, 0.2, Seeds.of(SEED));
        Workers workers = new Workers(2)) {
      SharedModel model = new SharedModel(weights, workers);
      PassageDomain domain =
          new PassageDomain(
              chat(),
              new PassageDomain.Config(TrainingSequences.defaults(), 0.02, 80, 60, 4),
              OfflineGrader.EXACT_MATCH);
      PassageContext context = new PassageContext(ULM);
      KnowledgeEdit wanted = new KnowledgeEdit("Ulm lies on the Danube.");
      Proposal<KnowledgeEdit> proposal =
          new Proposal<>(wanted.text(), new ParsedEdit.Valid<>(wanted), -1, 1);
      InnerLoopConfig inner =
          new InnerLoopConfig(
              new LoraConfig(4, 8, false, new TargetModules("all-linear+head")),
              1,
              Schedule.CONSTANT,
              0,
              1.0,
              OptimizerSpec.ADAMW,
              32,
              1);
      new AdapterLearner<>(model, domain, new AdapterFit.Config(inner, 0.02, 80))
          .learn(
              List.of(new WeightedProposal<>(context, proposal, Outcome.ofInvalidEdit(), 1)),
              Seeds.of(SEED));
      ModelPolicy<PassageContext> policy = new ModelPolicy<>(model, domain, Sampling.at(0.2));
      assertThat(policy.sample(List.of(new SampleRequest<>(context, 0, Seeds.of(SEED)))))
          .allSatisfy(sample -> assertThat(sample.raw()).isEqualTo(wanted.text()));
    }
  }

  @Test
  void a_tokenizer_without_any_end_is_refused() {
    Tokenizer endless =
        BpeTrainer.train(
                List.of(ULM.context()),
                BpeTrainerConfig.bytes(290).withSpecials(List.of("<|x|>"), "", ""))
            .tokenizer();
    PassageLanguage language = new PassageLanguage(endless, KIND, "{question}", 64);
    assertThatThrownBy(() -> language.document("a"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no token that ends a text");
  }
}
