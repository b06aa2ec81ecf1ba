package org.seal4j.lora.serving;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.graph.LoraBank;
import org.seal4j.model.CausalLm;
import org.seal4j.model.FrozenWeights;
import org.seal4j.model.LinearLayer;
import org.seal4j.model.MemoryNeed;
import org.seal4j.model.Products;
import org.seal4j.model.WeightNames;
import org.seal4j.model.Weights;
import org.seal4j.model.generate.RowBank;
import org.seal4j.model.graph.Graph;
import org.seal4j.model.graph.RowLowRankAdd;

/**
 * A fixed number of places for adapters, into which they are put when they are first needed. The
 * one that was used longest ago makes room; never one that a running request uses.
 *
 * <p>The arrays of all places lie beside each other, so that every row of a batch can name its
 * place. They are as wide as the largest rank so far, for all modules that any adapter has had so
 * far; a larger one has them made anew. Prompts are read with one adapter at a time: {@link
 * ReadingBanks}. Not thread-safe.
 */
final class AdapterSlots implements RowBank, AutoCloseable {
  private final Weights weights;
  private final @Nullable FrozenWeights frozen;
  private final int maxRank;
  private final Map<String, long[]> modules;
  private final List<Place> places = new ArrayList<>();
  private final ReadingBanks readers;
  private final Map<String, WideFactors> wide = new LinkedHashMap<>();
  private int rank;
  private int writingVersion;
  private long uses;
  private volatile long swaps;
  private volatile int held;

  /** One place. */
  private static final class Place {
    private @Nullable ServedAdapter adapter;
    private int users;
    private long lastUse;
  }

  /**
   * @param frozen copies of the weights that tokens are written with; null for the weights
   * @param slots number of places
   * @param maxRank largest rank that is let in
   */
  AdapterSlots(Weights weights, @Nullable FrozenWeights frozen, int slots, int maxRank) {
    this.weights = weights;
    this.frozen = frozen;
    this.maxRank = maxRank;
    readers = new ReadingBanks(weights.config(), slots);
    modules = WeightNames.modules(weights.config());
    for (int i = 0; i < slots; i++) {
      places.add(new Place());
    }
  }

  /** Refuses an adapter of another model, or of too large a rank; for any thread. */
  void requireFits(ServedAdapter adapter) {
    int own = adapter.config().rank();
    Checks.require(
        own <= maxRank,
        "adapter %s has rank %d but adapters of a rank up to %d are served; serve with a larger"
            + " maxRank",
        adapter.hash(),
        own,
        maxRank);
    adapter
        .factors()
        .forEach(
            (module, f) -> {
              long[] shape = modules.get(module);
              Checks.require(
                  shape != null && f.a().length == shape[1] * own && f.b().length == shape[0] * own,
                  "adapter %s does not fit the model at %s; it belongs to another model",
                  adapter.hash(),
                  module);
            });
  }

  /**
   * The place of an adapter, which it keeps until it is released as often as it was taken.
   *
   * @return none where all places are in use by others
   */
  OptionalInt take(ServedAdapter adapter) {
    int at = placeOf(adapter);
    if (at < 0) {
      at = leastRecent();
      if (at < 0) {
        return OptionalInt.empty();
      }
      put(at, adapter);
    }
    Place place = places.get(at);
    place.users++;
    place.lastUse = ++uses;
    return OptionalInt.of(at);
  }

  /** Gives a place back; its adapter stays there until the place is needed. */
  void release(int place) {
    places.get(place).users--;
  }

  /** Places that hold an adapter; for any thread. */
  int held() {
    return held;
  }

  /** How often an adapter was put into a place; for any thread. */
  long swaps() {
    return swaps;
  }

  private int placeOf(ServedAdapter adapter) {
    for (int i = 0; i < places.size(); i++) {
      ServedAdapter there = places.get(i).adapter;
      if (there != null && there.hash().equals(adapter.hash())) {
        return i;
      }
    }
    return -1;
  }

  private int leastRecent() {
    int best = -1;
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      if (place.users == 0 && (best < 0 || place.lastUse < places.get(best).lastUse)) {
        best = i;
      }
    }
    return best;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // written by the thread that decodes alone
  private void put(int at, ServedAdapter adapter) {
    boolean wider =
        adapter.config().rank() > rank || !wide.keySet().containsAll(adapter.factors().keySet());
    if (wider) {
      requireMemory(adapter);
    }
    Place place = places.get(at);
    held += place.adapter == null ? 1 : 0;
    place.adapter = adapter;
    if (wider) {
      widen(adapter);
    } else {
      putWide(at, adapter);
    }
    swaps++;
  }

  private void requireMemory(ServedAdapter adapter) {
    int wanted = Math.max(rank, adapter.config().rank());
    double sides =
        wanted(adapter).stream()
            .map(modules::get)
            .mapToDouble(s -> s == null ? 0 : (double) s[0] + s[1])
            .sum();
    new MemoryNeed(Float.BYTES * sides * wanted * places.size())
        .require("%d places for adapters of rank %d".formatted(places.size(), wanted));
  }

  /** Makes the arrays beside each other anew, with room for one more kind of adapter. */
  private void widen(ServedAdapter adapter) {
    List<String> wanted = wanted(adapter);
    rank = Math.max(rank, adapter.config().rank());
    wide.values().forEach(WideFactors::close);
    wide.clear();
    for (String module : wanted) {
      long[] shape = Checks.present(modules.get(module), "the model has no %s", module);
      int in = Math.toIntExact(shape[1]);
      wide.put(module, WideFactors.zeros(places.size(), in, rank, Math.toIntExact(shape[0])));
    }
    writingVersion++;
    for (int i = 0; i < places.size(); i++) {
      ServedAdapter there = places.get(i).adapter;
      if (there != null) {
        putWide(i, there);
      }
    }
  }

  private List<String> wanted(ServedAdapter adapter) {
    return modules.keySet().stream()
        .filter(module -> wide.containsKey(module) || adapter.factors().containsKey(module))
        .toList();
  }

  private void putWide(int at, ServedAdapter adapter) {
    wide.forEach(
        (module, factors) -> {
          ServedAdapter.Factors own = adapter.factors().get(module);
          if (own == null) {
            factors.clear(at);
          } else {
            factors.put(at, own, adapter.config().scaling());
          }
        });
  }

  @Override
  public LinearLayer writing(Graph graph, SDVariable adapter) {
    Products rowByRow = frozen == null ? Products.rowByRow() : Products.rowByRow().with(frozen);
    LinearLayer base = CausalLm.baseLinear(graph, weights, name -> false, rowByRow);
    return (module, x) -> {
      SDVariable y = base.apply(module, x);
      WideFactors f = wide.get(module);
      if (f == null) {
        return y;
      }
      SDVariable a = graph.parameter(module + ".lora_A", f.a(), false);
      SDVariable b = graph.parameter(module + ".lora_B", f.b(), false);
      SDVariable scale = graph.parameter(module + ".scale", f.scale(), false);
      return RowLowRankAdd.of(graph, List.of(y, x, a, b, scale, adapter));
    };
  }

  @Override
  public int writingVersion() {
    return writingVersion;
  }

  @Override
  public int readingForm(int adapter) {
    return adapter == NONE ? NONE : readers.form(in(adapter));
  }

  @Override
  public boolean hasForm(int form) {
    return form == NONE || readers.has(form);
  }

  @Override
  public LinearLayer reading(Graph graph, int form) {
    Products one = Products.inCalls(1);
    return form == NONE
        ? CausalLm.baseLinear(graph, weights, name -> false, one)
        : new LoraBank(weights, readers.bank(form), 1).linear(graph, one);
  }

  @Override
  public void beforeReading(int adapter) {
    if (adapter != NONE) {
      readers.put(in(adapter));
    }
  }

  private ServedAdapter in(int place) {
    return Checks.present(places.get(place).adapter, "place %d holds nothing", place);
  }

  @Override
  public void close() {
    places.forEach(place -> place.adapter = null);
    readers.close();
    wide.values().forEach(WideFactors::close);
    wide.clear();
  }
}
