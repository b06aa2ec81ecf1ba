package org.seal4j.scripts.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.seal4j.data.check.Amount;
import org.seal4j.data.check.InputException;
import org.seal4j.lora.bundle.Bundle;
import org.seal4j.lora.bundle.BundleEntry;
import org.seal4j.scripts.run.RunProof.Finding;
import org.seal4j.scripts.run.RunProof.State;

/** Proves a bundle of adapters by the hashes that it names everything by. Reads only. */
public final class BundleProof {
  private BundleProof() {}

  /** Its index, then its adapters, then what it does not name. */
  public static List<Finding> of(Path folder) {
    List<Finding> findings = new ArrayList<>();
    Bundle bundle;
    try {
      bundle = Bundle.openIndex(folder);
    } catch (InputException e) {
      return List.of(new Finding(Bundle.FILE, State.DAMAGED, String.valueOf(e.getMessage())));
    }
    int passages = bundle.contents().entries().size();
    findings.add(new Finding(Bundle.FILE, State.OK, Amount.of(passages, "passage")));
    findings.add(new Finding(name(bundle, bundle.index()), State.OK, "texts, questions, states"));
    TreeSet<String> seen = new TreeSet<>();
    for (BundleEntry entry : bundle.contents().entries()) {
      if (seen.add(entry.adapter())) {
        findings.add(adapter(bundle, entry));
      }
    }
    bundle
        .leftOver()
        .forEach(
            name ->
                findings.add(
                    new Finding(
                        name, State.OTHER, "not of the bundle; the next change deletes it")));
    return findings;
  }

  private static Finding adapter(Bundle bundle, BundleEntry entry) {
    String name = name(bundle, bundle.adapter(entry));
    try {
      bundle.requireProven(entry);
      return new Finding(name, State.OK, entry.passage());
    } catch (InputException e) {
      return new Finding(name, State.DAMAGED, String.valueOf(e.getMessage()));
    }
  }

  private static String name(Bundle bundle, Path path) {
    return bundle.folder().relativize(path).toString().replace('\\', '/');
  }
}
