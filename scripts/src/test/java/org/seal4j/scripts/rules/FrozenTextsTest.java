package org.seal4j.scripts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.arc.LossWeights;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.squad.PassageHash;
import org.seal4j.data.squad.Question;
import org.seal4j.data.synth.Layout;
import org.seal4j.model.DecoderForm;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.graph.RopeScaling;
import org.seal4j.model.train.AdamWConfig;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.OptimizerSpec;
import org.seal4j.model.train.Schedule;
import org.seal4j.model.train.TrainConfig;
import org.seal4j.model.weights.SafeTensors;
import org.seal4j.model.weights.WeightsFile;
import org.seal4j.rl.grid.EditSchema;
import org.seal4j.rl.grid.GridPretraining;
import org.seal4j.rl.passage.WorldPretraining;
import org.seal4j.scripts.pretrain.TextDataKeys;

/**
 * Texts that are hashed into the names of cached models and into manifests, or stored in files.
 * Classes and components may be renamed, these words may not: a changed word is a model trained
 * again, or a file that is refused.
 */
class FrozenTextsTest {
  private static final ModelConfig MODEL =
      new ModelConfig(
          91,
          32,
          2,
          4,
          2,
          8,
          64,
          1e-5,
          100,
          true,
          false,
          true,
          48,
          RopeScaling.none(),
          DecoderForm.llama());

  @Test
  void a_model_is_named_by_all_its_sizes() {
    assertThat(MODEL.cacheKey())
        .isEqualTo(
            "ModelConfig[vocabSize=91, dim=32, layers=2, heads=4, kvHeads=2, headSize=8, ffDim=64,"
                + " normEps=1.0E-5, ropeTheta=100.0, ropeInterleaved=true, tiedHead=false,"
                + " qkvBias=true, pairPositions=48, ropeScaling=RopeScaling[kind=NONE, factor=1.0,"
                + " lowFrequencyFactor=1.0, highFrequencyFactor=1.0, originalContext=0]]");
    assertThat(RopeScaling.linear(2).cacheKey()).startsWith("RopeScaling[kind=LINEAR, factor=2.0,");
    assertThat(RopeScaling.llama3(8, 1, 4, 8192).cacheKey())
        .isEqualTo(
            "RopeScaling[kind=LLAMA3, factor=8.0, lowFrequencyFactor=1.0, highFrequencyFactor=4.0,"
                + " originalContext=8192]");
  }

  @Test
  void a_training_is_named_by_all_its_numbers() {
    assertThat(training(OptimizerSpec.MUON, Schedule.LINEAR))
        .isEqualTo(
            "TrainConfig[steps=60, batch=16, shards=2, optimizer=MUON, learningRate=0.003,"
                + " muonLearningRate=0.02, schedule=LINEAR, warmup=10, clip=1.0,"
                + " adamW=AdamWConfig[beta1=0.9, beta2=0.999, eps=1.0E-8, weightDecay=0.0]]");
    assertThat(training(OptimizerSpec.ADAMW, Schedule.COSINE))
        .contains(" optimizer=ADAMW, ", " schedule=COSINE, ");
    assertThat(training(OptimizerSpec.ADAMW, Schedule.CONSTANT)).contains(" schedule=CONSTANT, ");
    assertThat(new BatchShape(8, 104).cacheKey()).isEqualTo("BatchShape[batch=8, time=104]");
  }

  private static String training(OptimizerSpec optimizer, Schedule schedule) {
    return new TrainConfig(
            60, 16, 2, optimizer, 3e-3, 0.02, schedule, 10, 1, AdamWConfig.defaults())
        .cacheKey();
  }

  @Test
  void the_data_of_a_pretraining_is_named_by_what_generates_it() {
    assertThat(
            new GridPretraining.Config(16, 60, 1, 3, 0.5, 0.2, LossWeights.pretraining(), 106)
                .cacheKey())
        .isEqualTo(
            "Config[batch=16, steps=60, fewestDemonstrations=1, demonstrations=3, hintShare=0.5,"
                + " lastHintShare=0.2, lossWeights=LossWeights[firstOutput=0.2, output=1.0,"
                + " edit=0.3, other=0.02], maxTokens=106]");
    assertThat(new Layout(1, 2, 3, 4, true).cacheKey())
        .isEqualTo("Layout[minHeight=1, maxHeight=2, minWidth=3, maxWidth=4, oneSize=true]");
    assertThat(EditSchema.compact().cacheKey())
        .isEqualTo(
            "EditSchema[tools=[BASIC, COLOR, CHAIN, REPEAT], strategies=[ALL_TOKENS,"
                + " OUTPUT_TOKENS], learningRates=[1.0E-5, 1.0E-4, 0.001, 0.003, 0.01],"
                + " epochChoices=[1, 2, 4, 8]]");
    assertThat(EditSchema.reference().cacheKey()).contains("tools=[BASIC, SIZE, CHAIN, REPEAT],");
    assertThat(new WorldPretraining.Config(2, 3, 4, 5, 192, 20, 0.1, 1, 0.6).cacheKey())
        .isEqualTo(
            "Config[shards=2, writings=3, rollCalls=4, residents=5, writingTokens=192,"
                + " residentTokens=20, passageWeight=0.1, residentWeight=1.0, questionShare=0.6]");
    assertThat(new TextDataKeys("a.txt", "==", 0.05).cacheKey())
        .isEqualTo("TextDataConfig[text=a.txt, separator===, heldOut=0.05]");
  }

  @Test
  void passages_hash_as_they_always_did() {
    Question question = new Question("q", "Who?", List.of("He", "She"), false);
    Passage passage = new Passage("p/0", "A title", "A text.", List.of(question));
    assertThat(PassageHash.sha256(List.of(passage)))
        .isEqualTo("2924a7fec83a7585a3d2d5995e289ea0094c37cdde1235b5da9ecf6ca9e77e67");
  }

  @Test
  void a_file_of_weights_says_its_model_in_the_same_words(@TempDir Path folder) {
    Path file = folder.resolve("weights.safetensors");
    try (Weights weights = Weights.zeros(MODEL)) {
      WeightsFile.save(weights, file);
    }
    assertThat(SafeTensors.metadata(file).get("model"))
        .isEqualTo(
            "{\"vocabSize\":91,\"dim\":32,\"layers\":2,\"heads\":4,\"kvHeads\":2,\"headSize\":8,"
                + "\"ffDim\":64,\"normEps\":1.0E-5,\"ropeTheta\":100.0,\"ropeInterleaved\":true,"
                + "\"tiedHead\":false,\"qkvBias\":true,\"pairPositions\":48,\"ropeScaling\":"
                + "{\"kind\":\"NONE\",\"factor\":1.0,\"lowFrequencyFactor\":1.0,"
                + "\"highFrequencyFactor\":1.0,\"originalContext\":0}}");
  }
}
