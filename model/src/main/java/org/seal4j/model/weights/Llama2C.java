package org.seal4j.model.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.FilePart;
import org.seal4j.data.file.RegularFile;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.RopePlanes;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.plan.Tensors;

/**
 * Checkpoints of llama2.c, version 0: seven little-endian int32 (dim, hidden_dim, n_layers,
 * n_heads, n_kv_heads, vocab_size, seq_len; a negative vocab_size says that the head is its own),
 * then float32 arrays kind by kind, each for all layers. Query and key are permuted from
 * neighbouring planes to halves on the way in, so that all models of ours rotate alike.
 *
 * @param model the sizes
 * @param context tokens of the longest text
 */
record Llama2C(ModelConfig model, int context) {
  private static final int HEADER = 7 * Integer.BYTES;

  /** "ak42", with which versions 1 and later begin. */
  private static final int VERSIONED = 0x616b3432;

  private static final int LARGEST = 1 << 20;

  /** Bound far above any model, so that no size below overflows a long. */
  private static final int MOST_LAYERS = 4096;

  /** Reads and checks the header and the file's length. */
  static Llama2C read(Path file) {
    try (FileChannel channel =
        FileChannel.open(RegularFile.require(file), StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, 0, header, file);
      Checks.require(
          header.getInt(0) != VERSIONED,
          "%s is a llama2.c checkpoint of version %d; only version 0 is read: export it with"
              + " --version 0, or as a Hugging Face folder",
          file,
          header.getInt(4));
      for (int i = 0; i < HEADER; i += Integer.BYTES) {
        int size = Math.abs(header.getInt(i));
        Checks.require(
            size >= 1 && size <= LARGEST && (header.getInt(i) > 0 || i == 5 * Integer.BYTES),
            "%s is no llama2.c checkpoint of version 0: number %d of its header is %d",
            file,
            i / Integer.BYTES,
            header.getInt(i));
      }
      Llama2C read = of(header, file);
      long expected = read.bytes();
      Checks.require(
          channel.size() == expected,
          "%s has %d bytes but its header describes %d; it is truncated or no llama2.c checkpoint",
          file,
          channel.size(),
          expected);
      return read;
    } catch (IOException e) {
      throw SafeTensorsReader.failed(file, e);
    }
  }

  private static Llama2C of(ByteBuffer header, Path file) {
    int dim = header.getInt(0);
    int heads = header.getInt(12);
    int vocabulary = header.getInt(20);
    int kvHeads = header.getInt(16);
    Checks.require(
        header.getInt(8) <= MOST_LAYERS,
        "%s: n_layers is %d but at most %d are read",
        file,
        header.getInt(8),
        MOST_LAYERS);
    Checks.require(
        dim % heads == 0 && dim / heads % 2 == 0,
        "%s: dim %d is no even multiple of n_heads %d",
        file,
        dim,
        heads);
    Checks.require(
        heads % kvHeads == 0 && Math.abs(vocabulary) > 1,
        "%s: n_heads %d is no multiple of n_kv_heads %d, or vocab_size %d is too small",
        file,
        heads,
        kvHeads,
        vocabulary);
    ModelConfig model =
        new ModelConfig(
            Math.abs(vocabulary),
            dim,
            header.getInt(8),
            heads,
            kvHeads,
            dim / heads,
            header.getInt(4),
            1e-5,
            10000,
            false,
            vocabulary > 0,
            false,
            0);
    return new Llama2C(model, header.getInt(24));
  }

  /** Names of ours in the order of the file; the two rotary tables stand before the head. */
  private List<String> order() {
    List<String> names = new ArrayList<>(List.of(WeightNames.EMBEDDING));
    addLayers(names, "input_layernorm");
    for (String leaf : List.of("q", "k", "v", "o")) {
      addLayers(names, "self_attn." + leaf + "_proj");
    }
    addLayers(names, "post_attention_layernorm");
    for (String leaf : List.of("gate", "down", "up")) {
      addLayers(names, "mlp." + leaf + "_proj");
    }
    names.add(WeightNames.FINAL_NORM);
    return names;
  }

  private void addLayers(List<String> names, String leaf) {
    for (int l = 0; l < model.layers(); l++) {
      names.add(WeightNames.layer(l) + "." + leaf + ".weight");
    }
  }

  /** Both tables of cosines and sines, which follow from the sizes. */
  private long tableBytes() {
    return 2L * Float.BYTES * context * (model.headSize() / 2);
  }

  private long bytes() {
    long d = model.dim();
    long kv = model.attention().kvWidth();
    long layer = 2 * d + 2 * d * d + 2 * d * kv + 3 * d * model.ffDim();
    long tables = (model.tiedHead() ? 1 : 2) * d * model.vocabSize();
    return HEADER + Float.BYTES * (layer * model.layers() + tables + d) + tableBytes();
  }

  /** Reads all weights. */
  Weights weights(Path file) {
    return Weights.filled(model, weights -> read(weights, file));
  }

  private void read(Weights weights, Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long at = HEADER;
      for (String name : order()) {
        at += fill(channel, at, Tensors.bytes(weights.get(name)), file);
      }
      at += tableBytes();
      if (!model.tiedHead()) {
        fill(channel, at, Tensors.bytes(weights.get(WeightNames.HEAD + ".weight")), file);
      }
      RopePlanes.toHalves(weights);
    } catch (IOException e) {
      throw SafeTensorsReader.failed(file, e);
    }
  }

  private static long fill(FileChannel channel, long from, ByteBuffer into, Path file)
      throws IOException {
    return FilePart.read(channel, from, into, file.toString()) - from;
  }
}
