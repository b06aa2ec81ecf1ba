package org.seal4j.scripts.arc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.run.ContentHash;
import org.seal4j.data.run.Seeds;
import org.seal4j.model.train.BatchSource;
import org.seal4j.scripts.run.Backend;

/**
 * Everything that decides the bits of a pretrained model, as texts and as the hash that names it in
 * the cache. Batches stand in it by their tokens, so that a changed task generator never serves an
 * old model.
 */
record PretrainingKey(List<String> parts) {
  /** Counts up when the arithmetic of training changes. */
  private static final int FORMAT = 1;

  PretrainingKey {
    parts = List.copyOf(parts);
  }

  static PretrainingKey of(ArcConfig config, Seeds seeds, BatchSource source, Backend backend) {
    List<String> parts = new ArrayList<>();
    parts.add("pretraining, format " + FORMAT + ", backend " + backend.name());
    parts.add("seed " + seeds.value());
    parts.add(config.modelConfig().toString());
    parts.add(config.pretrain().training().toString());
    parts.add(config.pretrain().sequences(config.data().maxTokens()).toString());
    parts.add(
        "embeddingStd %s, residualScale %s"
            .formatted(config.pretrain().embeddingStd(), config.pretrain().residualScale()));
    parts.add("families " + config.families() + " on " + config.data().inputs());
    parts.add("edits " + config.edit());
    parts.add("first batch " + hash(source.batch(0)));
    parts.add("last batch " + hash(source.batch(config.pretrain().steps() - 1)));
    return new PretrainingKey(parts);
  }

  /** 64 hexadecimal digits. */
  String sha256() {
    return ContentHash.ofTexts(parts);
  }

  private static String hash(List<TokenSequence> batch) {
    List<String> texts = new ArrayList<>();
    for (TokenSequence sequence : batch) {
      texts.add(Arrays.toString(sequence.ids()) + Arrays.toString(sequence.positions()));
    }
    return ContentHash.ofTexts(texts);
  }
}
