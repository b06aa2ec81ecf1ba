package org.seal4j.lora.bundle;

import java.util.function.Function;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.lora.text.TextModel;
import org.seal4j.model.plan.Worker;

/**
 * A model that answers each question with the adapters of a bundle that it is for.
 *
 * <pre>{@code
 * Bundle bundle = Bundle.open(folder);
 * try (TextModel model = TextModel.open(path, null, null);
 *     BundledModel bundled = BundledModel.open(bundle, model, bundle.contents().way())) {
 *   Route route = bundled.route("Which oil does the pump need?");
 *   try (TextModel adapted = bundled.adapted(route)) {
 *     question.ask(adapted, request, System.out::print);
 *   }
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class BundledModel implements AutoCloseable {
  private final Bundle bundle;
  private final TextModel model;
  private final Worker worker;
  private final StateReader reader;
  private final Routing routing;

  private BundledModel(
      Bundle bundle, TextModel model, Worker worker, StateReader reader, Routing routing) {
    this.bundle = bundle;
    this.model = model;
    this.worker = worker;
    this.reader = reader;
    this.routing = routing;
  }

  /**
   * Over a model, which stays open as long as this; the caller closes it.
   *
   * @param way in which questions are sent to passages
   * @throws org.seal4j.data.check.InputException where the bundle is of another model
   */
  public static BundledModel open(Bundle bundle, TextModel model, RouteWay way) {
    return open(
        bundle,
        model,
        reader -> way.by().router(bundle.contents(), reader::of),
        bundle.gate(way.by()),
        way.top());
  }

  /**
   * The same with a router of one's own.
   *
   * @param router made of what reads questions with the model; closed with this
   * @param gate that its evidence is held against
   */
  public static BundledModel open(
      Bundle bundle, TextModel model, Function<StateReader, Router> router, Gate gate, int top) {
    bundle.contents().base().require(model.folder().weights().sha256());
    Worker worker = new Worker(model.engine());
    StateReader reader = new StateReader(model.folder(), model.tokenizer(), worker);
    Routing routing = new Routing(bundle.contents(), router.apply(reader), gate, top);
    return new BundledModel(bundle, model, worker, reader, routing);
  }

  /** Where a question goes. */
  public Route route(String question) {
    return routing.route(question);
  }

  /**
   * The model as it answers on this route: with the sum of the adapters, or as it is where there
   * are none. The caller closes it, before the model.
   *
   * @throws org.seal4j.data.check.InputException where an adapter is damaged, or does not do what
   *     it did when it was made
   */
  public TextModel adapted(Route route) {
    return route.choices().isEmpty()
        ? model.alone()
        : model.withBank(SummedAdapters.read(model.folder().config(), route, this::bank));
  }

  /**
   * The adapter of a passage, proved to do what it did when it was made; the caller closes it.
   *
   * @throws org.seal4j.data.check.InputException where it is damaged, or does something else
   */
  public AdapterBank bank(BundleEntry entry) {
    try (PeftAdapter read = bundle.load(entry, model.folder().config())) {
      AdapterBank bank = read.toBank();
      try {
        Checks.require(
            bank.config().rank() == bundle.contents().base().lora().rank(),
            "the adapter %s has rank %d but the bundle says %d",
            entry.pinned(),
            bank.config().rank(),
            bundle.contents().base().lora().rank());
        AdapterCanary.require(
            entry, AdapterCanary.of(model.folder().weights(), bank, model.tokenizer(), worker));
        return bank;
      } catch (RuntimeException e) {
        bank.close();
        throw e;
      }
    }
  }

  @Override
  public void close() {
    routing.close();
    reader.close();
    worker.close();
  }
}
