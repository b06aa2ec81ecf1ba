package org.seal4j.scripts.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Amount;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleBase;
import org.seal4j.lora.bundle.BundleEntry;

/**
 * What is shown of a bundle.
 *
 * @param base of its adapters
 * @param baseHash SHA-256 of the base's weights
 * @param rank of every adapter
 * @param bytes of all adapters together
 * @param route how passages are found, and how many adapters answer together
 * @param gate which questions pass
 * @param passages in the order of their ids
 */
record BundleDescription(
    String base,
    String baseHash,
    int rank,
    long bytes,
    String route,
    String gate,
    List<Passage> passages) {
  private static final int FEW = 12;

  BundleDescription {
    passages = List.copyOf(passages);
  }

  /**
   * A passage with its adapter.
   *
   * @param adapter hash of it
   */
  record Passage(String passage, String document, String title, String source, String adapter) {}

  static BundleDescription of(Path folder) {
    Bundle bundle = Bundle.open(folder);
    BundleBase base = bundle.contents().base();
    List<BundleEntry> entries = bundle.contents().entries();
    return new BundleDescription(
        base.name(),
        base.sha256(),
        base.lora().rank(),
        entries.stream().mapToLong(BundleEntry::bytes).sum(),
        "by %s, %d at a time"
            .formatted(bundle.contents().way().by(), bundle.contents().way().top()),
        bundle.gate(bundle.contents().way().by()).sentence(),
        entries.stream().map(BundleDescription::passage).toList());
  }

  private static Passage passage(BundleEntry entry) {
    return new Passage(
        entry.passage(), entry.document(), entry.title(), entry.source(), entry.adapter());
  }

  /** In short: a label and a text each. */
  List<List<String>> lines() {
    long documents = passages.stream().map(Passage::document).distinct().count();
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("base", base + ", SHA-256 of its weights " + baseHash.substring(0, FEW)));
    lines.add(
        List.of(
            "bundle",
            String.format(
                Locale.ROOT,
                "%s of rank %d, %.1f MB, for %s",
                Amount.of(passages.size(), "adapter"),
                rank,
                bytes * 1e-6,
                Amount.of(documents, "document"))));
    lines.add(List.of("routed", route));
    lines.add(List.of("gate", gate));
    return lines;
  }

  /** Every passage: {@code notes.txt/3@0a1b2c3d4e5f}, where it stands, its title. */
  List<List<String>> passageLines() {
    return passages.stream()
        .map(
            one ->
                List.of(
                    "passage",
                    "%s@%s, %s%s"
                        .formatted(
                            one.passage(),
                            one.adapter().substring(0, FEW),
                            one.source(),
                            one.title().isBlank() ? "" : " (" + one.title() + ")")))
        .toList();
  }
}
