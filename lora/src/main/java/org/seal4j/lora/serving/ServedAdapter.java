package org.seal4j.lora.serving;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.plan.Tensors;

/**
 * An adapter as requests hold it: numbers on the Java heap that never change and that nobody has to
 * close. A request keeps the one that it began with, whatever its name stands for later; it is
 * freed with the last request that holds it.
 */
public final class ServedAdapter {
  private final String hash;
  private final LoraConfig config;
  private final Map<String, Factors> factors;

  /**
   * The two factors of one module.
   *
   * @param a {@code [in, r]}
   * @param b {@code [r, out]}
   */
  @SuppressWarnings("ArrayRecordComponent") // never changed, never compared
  record Factors(float[] a, float[] b) {}

  private ServedAdapter(String hash, LoraConfig config, Map<String, Factors> factors) {
    this.hash = hash;
    this.config = config;
    this.factors = Collections.unmodifiableMap(factors);
  }

  /**
   * A copy of an adapter.
   *
   * @param hash stands for its content: two adapters of one hash are taken for the same
   * @param bank of one adapter, which the caller closes
   */
  public static ServedAdapter of(String hash, AdapterBank bank) {
    Checks.require(!hash.isBlank(), "an adapter is known by the hash of its content, but got none");
    Checks.require(
        bank.size() == 1,
        "a request is answered with one adapter but got a bank of %d",
        bank.size());
    Map<String, Factors> copied = new LinkedHashMap<>();
    bank.factors()
        .forEach((module, f) -> copied.put(module, new Factors(copy(f.a()), copy(f.b()))));
    return new ServedAdapter(hash, bank.config(), copied);
  }

  private static float[] copy(INDArray array) {
    FloatBuffer from = Tensors.of(array).f();
    float[] copy = new float[from.capacity()];
    from.get(0, copy);
    return copy;
  }

  /** Stands for its content. */
  public String hash() {
    return hash;
  }

  /** Its rank, scaling and modules. */
  public LoraConfig config() {
    return config;
  }

  /** Bytes that it takes. */
  public long bytes() {
    return factors.values().stream()
        .mapToLong(f -> Float.BYTES * ((long) f.a.length + f.b.length))
        .sum();
  }

  Map<String, Factors> factors() {
    return factors;
  }

  /** A bank of this adapter alone; the caller closes it. */
  AdapterBank toBank(ModelConfig model) {
    AdapterBank bank = new AdapterBank(1, model, config);
    fill(bank);
    return bank;
  }

  /** Puts it into a bank of one adapter with the same arithmetic. */
  void fill(AdapterBank bank) {
    bank.factors()
        .forEach(
            (module, f) -> {
              Factors own =
                  Checks.present(factors.get(module), "adapter %s has no %s", hash, module);
              Tensors.of(f.a()).f().put(0, own.a);
              Tensors.of(f.b()).f().put(0, own.b);
            });
  }

  @Override
  public String toString() {
    return hash;
  }
}
