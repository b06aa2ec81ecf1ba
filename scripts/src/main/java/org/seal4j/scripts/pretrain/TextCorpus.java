package org.seal4j.scripts.pretrain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.seed.Seeds;
import org.seal4j.data.text.BpeTrainer;
import org.seal4j.data.text.BpeTrainerConfig;
import org.seal4j.data.text.Tokenizer;
import org.seal4j.data.text.TrainedBpe;
import org.seal4j.model.train.BatchSource;

/**
 * A text as tokens: its beginning for training, its end held out. The tokenizer sees the training
 * part alone.
 */
final class TextCorpus {
  private final TrainedBpe bpe;
  private final Tokenizer tokenizer;
  private final int[] train;
  private final int[] heldOut;
  private final String hash;

  private TextCorpus(TrainedBpe bpe, int[] train, int[] heldOut, String hash) {
    this.bpe = bpe;
    this.tokenizer = bpe.tokenizer();
    this.train = train;
    this.heldOut = heldOut;
    this.hash = hash;
  }

  /** Reads the text, trains the tokenizer and cuts the text. */
  static TextCorpus read(TextKeys config) {
    List<String> documents = config.data().documents();
    long characters = documents.stream().mapToLong(String::length).sum();
    long cut = Math.round(characters * (1 - config.data().heldOut()));
    List<String> train = new ArrayList<>();
    List<String> heldOut = new ArrayList<>();
    long at = 0;
    for (String document : documents) {
      if (at + document.length() <= cut) {
        train.add(document);
      } else if (at >= cut) {
        heldOut.add(document);
      } else {
        int points = document.codePointCount(0, (int) (cut - at));
        int end = document.offsetByCodePoints(0, points);
        train.add(document.substring(0, end));
        heldOut.add(document.substring(end));
      }
      at += document.length();
    }
    TrainedBpe bpe = BpeTrainer.train(train, BpeTrainerConfig.bytes(config.vocabSize()));
    Tokenizer tokenizer = bpe.tokenizer();
    int[] trained = ids(tokenizer, train);
    int[] held = ids(tokenizer, heldOut);
    Checks.require(
        trained.length > config.context() && held.length > config.context(),
        "%s gives %d tokens for training and %d held out, but each part must be longer than the"
            + " context of %d; give a longer text",
        config.data().path(),
        trained.length,
        held.length,
        config.context());
    return new TextCorpus(bpe, trained, held, ContentHash.ofTexts(documents));
  }

  /** The documents one after another, each followed by the end token. */
  private static int[] ids(Tokenizer tokenizer, List<String> documents) {
    int[] ids = new int[1024];
    int count = 0;
    for (String document : documents) {
      int[] more = tokenizer.ignoringSpecials().encode(document);
      if (count + more.length + 1 > ids.length) {
        ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + more.length + 1));
      }
      System.arraycopy(more, 0, ids, count, more.length);
      count += more.length;
      ids[count++] = tokenizer.eos().orElseThrow();
    }
    return Arrays.copyOf(ids, count);
  }

  TrainedBpe bpe() {
    return bpe;
  }

  Tokenizer tokenizer() {
    return tokenizer;
  }

  /** Tokens that are trained on. */
  int trainTokens() {
    return train.length;
  }

  /** SHA-256 of all documents. */
  String hash() {
    return hash;
  }

  /** How often each token occurs in the training part. */
  long[] counts() {
    long[] counts = new long[tokenizer.vocabSize()];
    for (int id : train) {
      counts[id]++;
    }
    return counts;
  }

  /** Windows of the training part at random places, {@code context + 1} tokens each. */
  BatchSource batches(int batch, int context, Seeds seeds) {
    return step -> {
      var rng = seeds.child("batch", step).rng();
      List<TokenSequence> windows = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        int from = rng.nextInt(train.length - context);
        windows.add(window(train, from, context + 1));
      }
      return windows;
    };
  }

  /** Windows of the held-out part in batches; what is left over is not used. */
  List<TokenSequence> heldOut(int context) {
    return sideBySide(heldOut, context, Integer.MAX_VALUE);
  }

  /** Windows of the training part from its beginning, as many as there are of held-out text. */
  List<TokenSequence> seen(int context) {
    return sideBySide(train, context, heldOut.length / context);
  }

  private static List<TokenSequence> sideBySide(int[] ids, int context, int most) {
    List<TokenSequence> windows = new ArrayList<>();
    for (int from = 0; from + context <= ids.length && windows.size() < most; from += context) {
      windows.add(window(ids, from, context));
    }
    return windows;
  }

  private static TokenSequence window(int[] ids, int from, int length) {
    float[] weights = new float[length];
    Arrays.fill(weights, 1, length, 1);
    return new TokenSequence(
        Arrays.copyOfRange(ids, from, from + length), new int[length], weights);
  }
}
