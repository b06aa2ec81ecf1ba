package org.seal4j.lora.merge;

import java.util.List;
import org.seal4j.data.check.NamedServices;

/** The methods of merging by their names on the command line. */
public final class MergeMethods {
  private static final NamedServices<MergeMethod> KNOWN =
      new NamedServices<>(
          MergeMethod.class,
          "method of merging",
          MergeMethod::methodName,
          List.of(new LinearMerge(), new SvdMerge(), new NormAnchoredMerge()));

  private MergeMethods() {}

  /** The method of this name; refuses an unknown one. */
  public static MergeMethod named(String name) {
    return KNOWN.get(name);
  }

  /** All names, those on the class path included, in alphabetical order. */
  public static List<String> names() {
    return KNOWN.names();
  }
}
