package org.seal4j.lora.serving;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.LoraConfig;
import org.seal4j.model.ModelConfig;

/**
 * With what prompts are read: a bank of one adapter for each arithmetic (rank, scaling, modules),
 * into which the adapter is put whose turn it is. A copy takes a few milliseconds where a piece of
 * a prompt takes a hundred, and adapters of one arithmetic share one plan. Not thread-safe.
 */
final class ReadingBanks implements AutoCloseable {
  private final ModelConfig model;
  private final int most;
  private final Map<LoraConfig, Reader> readers = new LinkedHashMap<>(16, 0.75f, true);
  private int made;

  /**
   * @param most arithmetics that are kept; the one used longest ago goes first
   */
  ReadingBanks(ModelConfig model, int most) {
    this.model = model;
    this.most = most;
  }

  /** One arithmetic. */
  private static final class Reader {
    private final int form;
    private final AdapterBank bank;
    private String hash;

    Reader(int form, ServedAdapter adapter, ModelConfig model) {
      this.form = form;
      bank = adapter.toBank(model);
      hash = adapter.hash();
    }
  }

  /** The number of an adapter's arithmetic. */
  int form(ServedAdapter adapter) {
    return reader(adapter).form;
  }

  /** Puts an adapter into the bank of its arithmetic. */
  void put(ServedAdapter adapter) {
    Reader reader = reader(adapter);
    if (!reader.hash.equals(adapter.hash())) {
      adapter.fill(reader.bank);
      reader.hash = adapter.hash();
    }
  }

  private Reader reader(ServedAdapter adapter) {
    Reader known = readers.get(adapter.config());
    if (known != null) {
      return known;
    }
    if (readers.size() >= most) {
      Iterator<Reader> eldest = readers.values().iterator();
      eldest.next().bank.close();
      eldest.remove();
    }
    Reader reader = new Reader(++made, adapter, model);
    readers.put(adapter.config(), reader);
    return reader;
  }

  boolean has(int form) {
    return readers.values().stream().anyMatch(reader -> reader.form == form);
  }

  AdapterBank bank(int form) {
    return Checks.present(
            readers.values().stream().filter(r -> r.form == form).findFirst().orElse(null),
            "there is no bank of form %d",
            form)
        .bank;
  }

  @Override
  public void close() {
    readers.values().forEach(reader -> reader.bank.close());
    readers.clear();
  }
}
