package org.seal4j.serve.adapter;

import java.nio.file.Path;
import java.time.Instant;
import org.seal4j.data.file.ContentHash;
import org.seal4j.lora.AdapterBank;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.lora.bundle.BundledModel;
import org.seal4j.lora.bundle.Route;
import org.seal4j.lora.serving.ServedAdapter;
import org.seal4j.lora.text.TextModel;

/**
 * Many adapters under one name: each question is answered with those of the passages that it is
 * about. Safe to use from several threads.
 */
final class ServedBundle implements AutoCloseable {
  private final AdapterVersion version;
  private final BundledModel routed;
  private final Instant written;

  /**
   * @param model stays open as long as this; the caller closes it
   */
  ServedBundle(String name, Path folder, TextModel model) {
    Bundle bundle = Bundle.open(folder);
    Path file = bundle.folder().resolve(Bundle.FILE);
    version = new AdapterVersion(name, ContentHash.ofFile(file));
    written = Instant.ofEpochMilli(file.toFile().lastModified());
    routed = BundledModel.open(bundle, model, bundle.contents().way());
  }

  /** Its name, and the hash of what is in it. */
  AdapterVersion version() {
    return version;
  }

  /** When it was written as it is. */
  Instant written() {
    return written;
  }

  /** Where a question goes. */
  synchronized Route route(String question) {
    return routed.route(question);
  }

  /** The adapter of a passage, proved to be in effect. */
  synchronized ServedAdapter read(BundleEntry entry) {
    try (AdapterBank bank = routed.bank(entry)) {
      return ServedAdapter.of(entry.adapter(), bank);
    }
  }

  @Override
  public synchronized void close() {
    routed.close();
  }
}
