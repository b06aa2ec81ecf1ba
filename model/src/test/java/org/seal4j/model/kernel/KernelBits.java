package org.seal4j.model.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/** Runs every kernel on fixed inputs of odd sizes and prints a hash of each one's outputs. */
final class KernelBits {
  private static final AttentionShape HEADS = new AttentionShape(4, 2, 10);
  private static final int ROWS = 18;

  private static int times = 1;

  private KernelBits() {}

  public static void main(String[] args) {
    hashes(1).forEach((kernel, hash) -> System.out.println(kernel + " " + hash));
  }

  /** Hash of the outputs by kernel, after so many runs. */
  static Map<String, String> hashes(int runs) {
    times = runs;
    Map<String, String> hashes = new LinkedHashMap<>();
    Tensor x = floats("x", ROWS, 33);
    Tensor y = floats("y", ROWS, 33);
    Tensor dy = floats("dy", ROWS, 33);
    Tensor gain = floats("gain", 33);
    Tensor ids = ints(7, ROWS);
    Tensor pairs = new Tensor(new long[] {ROWS, 2}, null, ints(31, 2 * ROWS).i());
    hashes.put("add", run(ElementwiseKernels.addScaled(0.3f), in(x, y), zeros(ROWS, 33)));
    hashes.put("scale", run(ElementwiseKernels.scale(0.3f), in(x), zeros(ROWS, 33)));
    hashes.put("bias", run(ElementwiseKernels.addBias(), in(x, gain), zeros(ROWS, 33)));
    hashes.put("sum rows", run(ElementwiseKernels.sumRows(), in(x), zeros(33)));
    hashes.put("norm", run(RmsNormKernels.forward(1e-5f), in(x, gain), zeros(ROWS, 33)));
    hashes.put(
        "norm gradient",
        run(RmsNormKernels.gradient(1e-5f), in(x, gain, dy), zeros(ROWS, 33), zeros(33)));
    hashes.put("swiglu", run(SwiGluKernels.forward(), in(x, y), zeros(ROWS, 33)));
    hashes.put(
        "swiglu gradient",
        run(SwiGluKernels.gradient(), in(x, y, dy), zeros(ROWS, 33), zeros(ROWS, 33)));
    hashes.put("geglu", run(GeGluKernels.forward(), in(x, y), zeros(ROWS, 33)));
    hashes.put(
        "geglu gradient",
        run(GeGluKernels.gradient(), in(x, y, dy), zeros(ROWS, 33), zeros(ROWS, 33)));
    hashes.put("soft cap", run(SoftCapKernels.forward(0.7f), in(x), zeros(ROWS, 33)));
    hashes.put("soft cap gradient", run(SoftCapKernels.gradient(3f), in(x, dy), zeros(ROWS, 33)));
    hashes.put("embedding", run(EmbeddingKernels.gather(), in(x, ids), zeros(ROWS, 33)));
    hashes.put("embedding gradient", run(EmbeddingKernels.scatterAdd(), in(dy, ids), zeros(7, 33)));
    hashes.put(
        "cross-entropy",
        run(
            CrossEntropyKernel.of(2),
            in(x, ids, floats("weights", ROWS)),
            zeros(2),
            zeros(ROWS),
            zeros(ROWS, 33)));
    hashes.put(
        "soft cross-entropy",
        run(
            SoftCrossEntropyKernel.of(2),
            in(x, y, floats("weights", ROWS)),
            zeros(2),
            zeros(ROWS, 33)));
    hashes.put(
        "sparse cross-entropy",
        run(
            SparseCrossEntropyKernel.of(2),
            in(x, pairs, floats("pairs", ROWS, 2), floats("weights", ROWS)),
            zeros(2),
            zeros(ROWS, 33)));
    attention(hashes, HEADS, "");
    attention(hashes, HEADS.with(7, 1.5, 5), " with cap and window");
    for (WeightForm form : List.of(WeightForm.PACKED, WeightForm.BF16, WeightForm.INT8)) {
      Kernel product = FrozenGemm.of(FrozenWeight.of(form, floats("frozen", 70, 33)));
      hashes.put("frozen " + form.text(), run(product, in(x), zeros(ROWS, 70)));
    }
    return hashes;
  }

  private static void attention(Map<String, String> hashes, AttentionShape shape, String with) {
    Tensor q = floats("q", ROWS, 40);
    Tensor k = floats("k", ROWS, 20);
    Tensor v = floats("v", ROWS, 20);
    Tensor o = zeros(ROWS, 40);
    Tensor lse = zeros(2, 4, ROWS / 2);
    float[] frequencies = {1f, 0.3f, 0.1f, 0.03f, 0.01f};
    for (boolean interleaved : new boolean[] {false, true}) {
      hashes.put(
          "rope " + interleaved,
          run(
              RopeKernel.of(10, frequencies, interleaved, 1),
              in(q, ints(50, ROWS)),
              zeros(ROWS, 40)));
    }
    hashes.put("attention" + with, run(AttentionKernels.forward(shape, 2), in(q, k, v), o, lse));
    hashes.put(
        "attention gradient" + with,
        run(
            AttentionKernels.gradient(shape, 2),
            in(q, k, v, o, lse, floats("do", ROWS, 40)),
            zeros(ROWS, 40),
            zeros(ROWS, 20),
            zeros(ROWS, 20)));
    hashes.put(
        "cached attention" + with,
        run(
            CachedAttentionKernel.of(shape),
            in(q, k, v, floats("ck", 2, 32, 20), floats("cv", 2, 32, 20), ints(22, 2)),
            zeros(ROWS, 40),
            zeros(0),
            zeros(0)));
  }

  private static String run(Kernel kernel, Tensor[] in, Tensor... out) {
    Scratch scratch = new Scratch();
    for (int i = 0; i < times; i++) {
      kernel.run(in, out, scratch);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Tensor tensor : out) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.length());
        for (int i = 0; i < tensor.length(); i++) {
          bytes.putFloat(4 * i, tensor.f().get(i));
        }
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tensor[] in(Tensor... tensors) {
    return tensors;
  }

  static Tensor zeros(long... shape) {
    long n = 1;
    for (long s : shape) {
      n *= s;
    }
    ByteBuffer memory = ByteBuffer.allocateDirect((int) (4 * n)).order(ByteOrder.LITTLE_ENDIAN);
    return new Tensor(shape, memory.asFloatBuffer(), null);
  }

  static Tensor floats(String name, long... shape) {
    Tensor tensor = zeros(shape);
    Rng rng = Seeds.of(1).child(name).rng();
    for (int i = 0; i < tensor.length(); i++) {
      tensor.f().put(i, (float) rng.nextGaussian());
    }
    return tensor;
  }

  private static Tensor ints(int bound, int count) {
    ByteBuffer memory = ByteBuffer.allocateDirect(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    Rng rng = Seeds.of(1).child("ids", bound).rng();
    for (int i = 0; i < count; i++) {
      memory.putInt(4 * i, rng.nextInt(bound));
    }
    return new Tensor(new long[] {count}, null, memory.asIntBuffer());
  }
}
