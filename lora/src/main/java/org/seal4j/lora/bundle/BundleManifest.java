package org.seal4j.lora.bundle;

import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.lora.LoraConfig;
import org.seal4j.lora.TargetModules;

/**
 * What {@code bundle.json} says; it names everything else of a bundle, so that replacing it is the
 * one step in which a bundle changes.
 *
 * @param format always {@value #FORMAT}
 * @param version of the format
 * @param base name of the model
 * @param baseSha256 of its weights
 * @param rank of every adapter
 * @param alpha numerator of the scaling
 * @param rankStabilized whether the scaling is alpha / sqrt(rank)
 * @param targetModules which linears have an adapter
 * @param route how passages are found unless somebody says otherwise
 * @param top adapters that are summed then, at most
 * @param index the folder below {@code index} with texts, questions, states and recipe, named by
 *     its content
 * @param gates by the way that passages are found
 * @param entries in the order of the ids
 */
record BundleManifest(
    String format,
    int version,
    String base,
    String baseSha256,
    int rank,
    double alpha,
    boolean rankStabilized,
    String targetModules,
    String route,
    int top,
    String index,
    Map<String, Gate> gates,
    List<Line> entries) {
  static final String FORMAT = "seal4j-bundle";
  static final int VERSION = 1;

  /**
   * A passage.
   *
   * @param sha256 of its title and text
   */
  record Line(
      String passage,
      String document,
      String title,
      String source,
      String sha256,
      String adapter,
      long bytes,
      double canary) {}

  BundleManifest {
    Checks.require(
        format.equals(FORMAT) && version == VERSION,
        "the format is '%s' version %d but '%s' version %d is read",
        format,
        version,
        FORMAT,
        VERSION);
    Checks.require(
        index.matches("[0-9a-f]{64}"), "index must have 64 hexadecimal digits but is '%s'", index);
    Checks.require(!entries.isEmpty(), "a bundle needs one passage at least");
    entries = List.copyOf(entries);
  }

  static BundleManifest of(BundleContents bundle, String index, Map<String, Gate> gates) {
    LoraConfig lora = bundle.base().lora();
    return new BundleManifest(
        FORMAT,
        VERSION,
        bundle.base().name(),
        bundle.base().sha256(),
        lora.rank(),
        lora.alpha(),
        lora.rankStabilized(),
        lora.targetModules().spec(),
        bundle.way().by().toString(),
        bundle.way().top(),
        index,
        gates,
        bundle.entries().stream().map(BundleManifest::line).toList());
  }

  private static Line line(BundleEntry entry) {
    return new Line(
        entry.passage(),
        entry.document(),
        entry.title(),
        entry.source(),
        entry.sha256(),
        entry.adapter(),
        entry.bytes(),
        entry.canary());
  }

  RouteWay way() {
    return new RouteWay(RouteBy.of(route), top);
  }

  BundleBase bundleBase() {
    LoraConfig lora = new LoraConfig(rank, alpha, rankStabilized, new TargetModules(targetModules));
    return new BundleBase(base, baseSha256, lora);
  }
}
