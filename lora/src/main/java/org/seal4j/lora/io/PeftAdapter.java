package org.seal4j.lora.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Nearest;
import org.seal4j.data.check.Shown;
import org.seal4j.data.gguf.GgufHeader;
import org.seal4j.data.gguf.GgufType;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;
import org.seal4j.lora.io.PeftConfig.Scale;
import org.seal4j.model.ModelConfig;
import org.seal4j.model.Weights;
import org.seal4j.model.gguf.GgufLora;
import org.seal4j.model.plan.Tensors;
import org.seal4j.model.weights.SafeTensorsReader;

/**
 * One adapter in the form of Hugging Face PEFT: a folder with {@code adapter_config.json}, {@code
 * adapter_model.safetensors} and a model card. Tensors are A {@code [r, in]} and B {@code [out, r]}
 * by module, the transposes of {@link AdapterBank}'s; what is loaded is saved byte for byte.
 *
 * <pre>{@code
 * try (PeftAdapter adapter = PeftAdapter.load(folder, weights.config());
 *     AdapterBank bank = adapter.toBank()) {
 *   Merge.merge(weights, bank, 0).close();
 * }
 * }</pre>
 */
public final class PeftAdapter implements AutoCloseable {
  static final String CONFIG = "adapter_config.json";
  static final String TENSORS = "adapter_model.safetensors";

  /**
   * The text beside the tensors that says over which weights an adapter was trained: {@link
   * Weights#sha256}. Python's library passes it over.
   */
  public static final String BASE_HASH = "seal4j.base";

  private static final String PREFIX = "base_model.model.";

  private final ModelConfig base;
  private final PeftConfig config;
  private final Map<String, Scale> scales;
  private final List<String> warnings;
  private final Map<String, INDArray> tensors = new LinkedHashMap<>();
  private String baseHash = "";

  PeftAdapter(ModelConfig base, PeftConfig config, Collection<String> modules) {
    this.base = base;
    this.config = config;
    this.warnings = new ArrayList<>();
    this.scales = config.scales(modules, warnings);
  }

  /**
   * Reads an adapter of this base.
   *
   * @param path a folder of PEFT, a GGUF file of llama.cpp ({@link
   *     org.seal4j.model.gguf.GgufLora}), the name of either on a hub, or the folder of a run that
   *     holds one ({@link AdapterPath})
   * @throws org.seal4j.data.check.InputException naming file, key or module: what is not built
   *     (DoRA, trained biases, modules_to_save and the like), or an adapter for another base
   */
  public static PeftAdapter load(Path path, ModelConfig base) {
    Path folder = AdapterPath.of(path);
    return GgufHeader.isGguf(folder)
        ? GgufAdapter.read(folder, base)
        : PeftFolder.read(folder, base);
  }

  /** Takes tensors and the hash of the base from a file. */
  void read(SafeTensorsReader reader, Map<String, long[]> shapes) {
    baseHash = reader.metadata().getOrDefault(BASE_HASH, "");
    shapes.forEach((name, shape) -> tensors.put(name, Tensors.zeros(shape)));
    tensors.forEach(reader::read);
  }

  /**
   * A copy of one adapter of a bank.
   *
   * @param index its place in the bank, from 0
   * @param baseModel name or path of the base for the reader of the folder; may be empty
   */
  public static PeftAdapter of(ModelConfig base, AdapterBank bank, int index, String baseModel) {
    bank.requireAdapter(index);
    PeftConfig config = PeftConfig.of(bank.config(), bank.factors().keySet(), baseModel);
    PeftAdapter adapter = new PeftAdapter(base, config, bank.factors().keySet());
    bank.factors()
        .forEach(
            (module, f) -> {
              adapter.put(module, Transposed.slice(f.a(), index), Transposed.slice(f.b(), index));
            });
    return adapter;
  }

  /** Takes the tensors of a module, which it closes. */
  void put(String module, INDArray a, INDArray b) {
    tensors.put(key(module, "A"), a);
    tensors.put(key(module, "B"), b);
  }

  /** {@code base_model.model.<module>.lora_<factor>.weight}, without the adapter's name. */
  private static String key(String module, String factor) {
    return PREFIX + module + ".lora_" + factor + ".weight";
  }

  /**
   * The shapes of all tensors by name.
   *
   * @param modules shapes of the targeted modules of the base
   */
  Map<String, long[]> shapes(Map<String, long[]> modules) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    scales.forEach(
        (module, scale) -> {
          long[] shape = modules.getOrDefault(module, new long[2]);
          shapes.put(key(module, "A"), new long[] {scale.rank(), shape[1]});
          shapes.put(key(module, "B"), new long[] {shape[0], scale.rank()});
        });
    return shapes;
  }

  /**
   * The adapter as a bank of one, for generation, merging and further training; the caller closes
   * it. Where ranks or scalings differ between modules, all get the largest rank (the rest is zero)
   * and one scaling (B takes up the difference, rounded once).
   */
  public AdapterBank toBank() {
    LoraConfig lora = shared();
    AdapterBank bank = new AdapterBank(1, base, lora);
    bank.factors()
        .forEach(
            (module, f) -> {
              double scaling = Nearest.get(scales, module, "the adapter has no module").scaling();
              Transposed.copy(tensor(key(module, "A")), f.a(), 1);
              Transposed.copy(tensor(key(module, "B")), f.b(), scaling / lora.scaling());
            });
    return bank;
  }

  /** Rank and scaling that can stand for those of all modules. A bank's scaling is above 0. */
  private LoraConfig shared() {
    Scale stated = scales.values().iterator().next();
    boolean uniform = scales.values().stream().allMatch(stated::equals);
    if (uniform && stated.rank() == config.rank() && config.alpha() > 0) {
      return new LoraConfig(
          config.rank(), config.alpha(), config.rankStabilized(), targetModules());
    }
    int rank = scales.values().stream().mapToInt(Scale::rank).max().orElse(config.rank());
    double scaling =
        scales.values().stream()
            .mapToDouble(scale -> Math.abs(scale.scaling()))
            .filter(size -> size > 0)
            .findFirst()
            .orElse(1);
    return new LoraConfig(rank, scaling * rank, false, targetModules());
  }

  private INDArray tensor(String name) {
    return Checks.present(tensors.get(name), "the adapter has no tensor %s", name);
  }

  /** The targeted modules. */
  public TargetModules targetModules() {
    return config.targets().asOurs(scales.keySet());
  }

  /** Sentences on what the adapter's files say to no effect, such as a pattern for no module. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * The same, and a sentence where the adapter says that it was trained over other weights than
   * these: then its shapes fit, but perhaps not its numbers. Reads all weights for that (half a
   * second for a model of 540 MB); an adapter that does not say it costs nothing.
   */
  public List<String> warnings(Weights weights) {
    List<String> all = new ArrayList<>(warnings);
    String found = baseHash.isEmpty() ? "" : weights.sha256();
    if (!found.equals(baseHash)) {
      all.add(
          "the adapter was trained over weights with the SHA-256 %s, but those of this model have %s; unless they are the same model in another number format, name its own base"
              .formatted(Shown.text(baseHash), found));
    }
    return List.copyOf(all);
  }

  /**
   * {@link Weights#sha256} of the model that it says it was trained over; empty where it does not.
   */
  public String baseHash() {
    return baseHash;
  }

  /** Number of numbers in the adapter. */
  public long parameterCount() {
    return tensors.values().stream().mapToLong(INDArray::length).sum();
  }

  /** Writes the folder, which is made where it is missing; the configuration last. */
  public void save(Path folder) {
    save(folder, Map.of());
  }

  /**
   * The same with further texts by name in the metadata of the tensors, such as {@link #BASE_HASH},
   * which is kept where the adapter was read with one.
   */
  public void save(Path folder, Map<String, String> notes) {
    save(folder, notes, config);
  }

  /**
   * The same for a folder that is named by its content. Where the adapter says the hash of the
   * base's weights, the name of the base is left out: it may be a path, and then the same adapter
   * would have as many names as its base has places.
   */
  public void saveByContent(Path folder) {
    save(folder, Map.of(), baseHash.isEmpty() ? config : config.withoutBase());
  }

  private void save(Path folder, Map<String, String> notes, PeftConfig said) {
    Map<String, String> metadata = new TreeMap<>(notes);
    metadata.put("format", "pt");
    if (!baseHash.isEmpty()) {
      metadata.putIfAbsent(BASE_HASH, baseHash);
    }
    PeftFolder.write(folder, said, tensors, metadata, parameterCount());
  }

  /**
   * Writes the adapter as a GGUF file of llama.cpp.
   *
   * @param type of the tensors, F32 or F16
   */
  public void saveGguf(GgufType type, Path file) {
    Map<String, GgufLora.Factors> factors = new LinkedHashMap<>();
    scales
        .keySet()
        .forEach(
            module ->
                factors.put(
                    module,
                    new GgufLora.Factors(tensor(key(module, "A")), tensor(key(module, "B")))));
    GgufAdapter.write(new GgufAdapter.Scaled(base, scales, factors), type, file);
  }

  @Override
  public void close() {
    tensors.values().forEach(INDArray::close);
    tensors.clear();
  }
}
