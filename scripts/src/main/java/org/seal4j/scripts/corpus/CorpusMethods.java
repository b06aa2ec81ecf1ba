package org.seal4j.scripts.corpus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.seal4j.data.check.Checks;
import org.seal4j.data.squad.Passage;
import org.seal4j.data.table.Row;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.RouteBy;
import org.seal4j.lora.bundle.SummedAdapters;
import org.seal4j.lora.io.MergedAdapter;
import org.seal4j.lora.merge.AdapterMerge;
import org.seal4j.lora.merge.MergeMethod;
import org.seal4j.lora.merge.MergeMethods;
import org.seal4j.model.Weights;

/** What each method does with a question: which passages it takes, and what answers. */
final class CorpusMethods {
  private final CorpusKeys recipe;
  private final Weights weights;
  private final Map<String, Passage> passages = new HashMap<>();
  private final Map<String, Row> trained = new HashMap<>();
  private final List<Passage> order;
  private final AdapterStore own;
  private final Map<OneForAllAdapters.Place, Row> together;
  private final AdapterStore togetherStore;
  private final MergedSequences sequences;
  private final CorpusIndex index;

  /**
   * The adapters of a run.
   *
   * @param trained rows of {@link OwnAdapters#SCHEMA}, in the order of the passages
   * @param own where their adapters lie
   * @param together rows of {@link OneForAllAdapters#SCHEMA}
   * @param togetherStore where their adapters lie
   * @param sequences what is merged one after the other
   */
  record Adapters(
      List<Row> trained,
      AdapterStore own,
      Map<OneForAllAdapters.Place, Row> together,
      AdapterStore togetherStore,
      MergedSequences sequences) {}

  CorpusMethods(
      CorpusKeys recipe,
      Weights weights,
      List<Passage> order,
      Adapters adapters,
      CorpusIndex index) {
    this.recipe = recipe;
    this.weights = weights;
    this.order = order;
    this.own = adapters.own;
    this.together = adapters.together;
    this.togetherStore = adapters.togetherStore;
    sequences = adapters.sequences;
    this.index = index;
    for (int i = 0; i < order.size(); i++) {
      passages.put(order.get(i).id(), order.get(i));
      trained.put(order.get(i).id(), adapters.trained.get(i));
    }
  }

  /**
   * Where a question goes.
   *
   * @param found passages that the method took; of the methods that take none empty
   * @param over what answers
   * @param inSight passages in front of the question
   */
  record Sent(List<String> found, Over over, List<Passage> inSight) {
    private static final Sent BASE = new Sent(List.of(), Over.nothing(), List.of());
  }

  /** Whether a method can answer what is about no passage. */
  static boolean answersAll(Method method) {
    return !(method instanceof Method.InContext || method instanceof Method.Own);
  }

  /**
   * Where a question goes.
   *
   * @param sources ids of the passages that it is about; empty for none
   */
  Sent send(Method method, int size, CorpusRoutes routes, List<String> sources, String text) {
    if (method instanceof Method.InContext) {
      return new Sent(List.of(), Over.nothing(), sources.stream().map(this::passage).toList());
    } else if (method instanceof Method.Own) {
      return new Sent(List.of(), over(sources), List.of());
    } else if (method instanceof Method.Retrieval retrieval) {
      List<String> found = routes.found(retrieval.by(), retrieval.top(), false, text);
      return new Sent(found, Over.nothing(), found.stream().map(this::passage).toList());
    } else if (method instanceof Method.Routed routed) {
      List<String> found = routes.found(routed.by(), routed.top(), routed.gated(), text);
      return new Sent(found, over(found), List.of());
    } else if (method instanceof Method.OneForAll one) {
      return new Sent(List.of(), oneForAll(one, size), List.of());
    } else if (method instanceof Method.Merged) {
      return new Sent(List.of(), Over.merged(CorpusRow.label(method, size)), List.of());
    } else if (method instanceof SequenceMethod sequence) {
      return new Sent(List.of(), sequences.over(sequences.first(sequence), size), List.of());
    }
    return Sent.BASE;
  }

  private Passage passage(String id) {
    return Checks.present(passages.get(id), "there is no passage %s", id);
  }

  private Row trained(String id) {
    return Checks.present(trained.get(id), "there is no adapter of passage %s", id);
  }

  /** The adapters of these passages, summed. */
  private Over over(List<String> ids) {
    if (ids.isEmpty()) {
      return Over.nothing();
    }
    return new Over(
        String.join(" + ", ids),
        recipe.inner().lora().rank() * ids.size(),
        () ->
            SummedAdapters.read(
                weights.config(),
                ids.stream().map(this::reading).toList(),
                Collections.nCopies(ids.size(), 1.0)));
  }

  private Supplier<AdapterBank> reading(String id) {
    return () -> own.load(trained(id).string("adapter"));
  }

  private Row together(Method.OneForAll method, int size) {
    return Checks.present(
        together.get(new OneForAllAdapters.Place(size, method.rows())),
        "there is no adapter for %s",
        CorpusRow.label(method, size));
  }

  private Over oneForAll(Method.OneForAll method, int size) {
    return new Over(
        CorpusRow.label(method, size),
        recipe.together().rank(),
        () -> togetherStore.load(together(method, size).string("adapter")));
  }

  /** Does something while what the method merges is in the weights. */
  void within(Method method, int size, Runnable body) {
    if (method instanceof SequenceMethod sequence) {
      sequences.within(sequences.first(sequence), size, body);
      return;
    }
    if (!(method instanceof Method.Merged merged)) {
      body.run();
      return;
    }
    List<AdapterMerge.Part> parts = new ArrayList<>();
    try {
      for (Passage passage : order.subList(0, size)) {
        AdapterBank bank = own.load(trained(passage.id()).string("adapter"));
        parts.add(new AdapterMerge.Part(bank, 0, recipe.merging().weight(size)));
      }
      MergedAdapter now = recipe.merging().merge(merged, weights).into(weights, parts);
      try {
        body.run();
      } finally {
        now.unmerge();
      }
    } finally {
      parts.forEach(part -> part.bank().close());
    }
  }

  /** Bytes on the disk beside the model. */
  long bytes(Method method, int size) {
    if (method instanceof Method.InContext) {
      return index.textBytes(size);
    } else if (method instanceof Method.Retrieval retrieval) {
      return searched(retrieval.by(), size);
    } else if (method instanceof Method.Own) {
      return index.adapterBytes(size);
    } else if (method instanceof Method.Routed routed) {
      return index.adapterBytes(size) + searched(routed.by(), size);
    } else if (method instanceof Method.OneForAll one) {
      return together(one, size).int64("bytes");
    } else if (method instanceof Method.Merged merged) {
      MergeMethod by = MergeMethods.named(merged.by());
      OptionalInt most = recipe.merging().rank(by);
      return changed(most.isPresent() ? most.getAsInt() : rank(size), by.makesAdapter());
    } else if (method instanceof SequenceMethod sequence) {
      return changed(rank(size), sequence.merging() != SequenceMethod.Merging.NORM_ANCHORED);
    }
    return 0;
  }

  /** Of so many adapters together. */
  private long rank(int adapters) {
    return (long) recipe.inner().lora().rank() * adapters;
  }

  /** Bytes of what passages are found by: their texts, which are read as well, and their states. */
  private long searched(RouteBy by, int size) {
    return index.textBytes(size) + (by == RouteBy.BM25 ? 0 : index.stateBytes(size));
  }

  /** As an adapter, or as the changed weights where those are smaller or it can be none. */
  private long changed(long rank, boolean adapter) {
    long bytes = 0;
    for (long[] shape :
        recipe.inner().config().lora().targetModules().resolve(weights.config()).values()) {
      long whole = shape[0] * shape[1];
      long factors = rank * (shape[0] + shape[1]);
      bytes += Float.BYTES * (adapter ? Math.min(whole, factors) : whole);
    }
    return bytes;
  }
}
