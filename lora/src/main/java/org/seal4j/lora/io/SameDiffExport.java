package org.seal4j.lora.io;

import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.train.LoraGraph;
import org.seal4j.model.CausalLm;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.Weights;
import org.seal4j.model.autodiff.Backprop;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.plan.StockGraph;
import org.seal4j.model.train.BatchShape;
import org.seal4j.model.train.LmStep;

/**
 * A model, with its adapter or alone, as a SameDiff file of stock ops: any program with ND4J loads
 * it with {@code SameDiff.load}, runs it forward, and trains it, without a class of Seal4J.
 *
 * <p>For sequences b of t tokens, and so rows {@code b * t}, the file has
 *
 * <ul>
 *   <li>the placeholders {@code ids}, {@code positions} and {@code targets} {@code [rows]} int32
 *       and {@code loss_weights} {@code [rows]} float32; a row's position is its place in its
 *       sequence
 *   <li>the results {@code logits} {@code [rows, v]} and {@code loss} {@code [1]}, the sum over
 *       rows of weight times negative log-likelihood
 *   <li>for each weight that is trained, a variable of its name and the gradient of the loss by it,
 *       named {@code gradient.} and that name. With an adapter these are its A {@code [1, in, r]}
 *       and B {@code [1, r, out]}, and the weights of the base are constants.
 * </ul>
 *
 * SameDiff's own gradients do not work for these graphs (its gather adds up wrongly), so the file
 * carries ours.
 */
public final class SameDiffExport {
  /** What stands before the name of a weight in the name of its gradient. */
  public static final String GRADIENT = "gradient.";

  /** A FlatBuffers file ends here. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - (64L << 20);

  /** FlatBuffers doubles its array as it grows, and copies what it has. */
  private static final double HEAP_PER_BYTE = 4;

  private SameDiffExport() {}

  /**
   * Writes the file.
   *
   * @param adapter with one adapter, trained further by who loads the file; null to train all
   *     weights
   * @param shape sequences and tokens of a batch
   */
  public static void write(
      Weights weights, @Nullable AdapterBank adapter, BatchShape shape, Path file) {
    double bytes = MemoryNeed.ofWeights(weights.config()).bytes();
    Checks.require(
        bytes <= MOST_BYTES,
        "%s: a SameDiff file holds at most %,d MB, but the weights are %,.0f MB; export to hf or gguf",
        file,
        MOST_BYTES >> 20,
        bytes / (1 << 20));
    double heap = HEAP_PER_BYTE * bytes;
    Checks.require(
        heap <= Runtime.getRuntime().maxMemory(),
        "%s: a SameDiff file of %,.0f MB is put together on the Java heap, which takes %,.1f GiB; the"
            + " heap may have %,.1f GiB: set SEAL_JAVA_OPTS=-Xmx%.0fg",
        file,
        bytes / (1 << 20),
        heap / (1L << 30),
        Runtime.getRuntime().maxMemory() / (double) (1L << 30),
        Math.ceil(heap / (1L << 30)));
    ByteBuffer content = of(weights, adapter, shape).asFlatBuffers(false);
    AtomicFile.write(
        file,
        out -> {
          WritableByteChannel to = Channels.newChannel(out);
          while (content.hasRemaining()) {
            to.write(content);
          }
        });
  }

  /** The graph that is written. */
  static SameDiff of(Weights weights, @Nullable AdapterBank adapter, BatchShape shape) {
    if (adapter != null) {
      LoraGraph lora = LoraGraph.of(weights, adapter, 1, shape);
      return of(lora.graph(), lora.loss(), lora.gradients());
    }
    Graph graph = new Graph();
    SDVariable logits =
        CausalLm.of(graph, weights, name -> true).logits(shape.batch(), shape.time());
    SDVariable loss = LmStep.loss(graph, logits, 1);
    List<SDVariable> wanted = new ArrayList<>();
    graph.parameters().keySet().forEach(name -> wanted.add(graph.variable(name)));
    return of(graph, loss, Backprop.gradients(graph, loss, wanted));
  }

  private static SameDiff of(Graph graph, SDVariable loss, Map<String, SDVariable> gradients) {
    List<SDVariable> outputs = new ArrayList<>();
    outputs.add(graph.variable("logits"));
    outputs.add(loss);
    gradients.forEach((name, gradient) -> outputs.add(graph.name(gradient, GRADIENT + name)));
    return StockGraph.of(graph, outputs);
  }
}
