package org.seal4j.lora.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.data.check.Checks;
import org.seal4j.data.hub.HubPath;

/** Where an adapter lies. What a user names may be the folder of the run that made it. */
public final class AdapterPath {
  /** Where runs put theirs. */
  private static final String IN_RUN = "adapter";

  /** The file that makes a folder a bundle of adapters, and where runs put theirs. */
  public static final String BUNDLE_FILE = "bundle.json";

  public static final String BUNDLE_IN_RUN = "bundle";

  private AdapterPath() {}

  /**
   * The adapter itself.
   *
   * @param path a folder of PEFT, a GGUF file, the name of either on a hub ({@link HubPath}), or
   *     the folder of a run that holds {@code adapter/}
   * @return that folder in the run where there is one, else what was named
   * @throws org.seal4j.data.check.InputException where it is on a hub and was not fetched
   */
  public static Path of(Path path) {
    Path named = HubPath.local(path);
    Path inRun = named.resolve(IN_RUN);
    boolean isRun =
        !Files.exists(named.resolve(PeftAdapter.CONFIG))
            && Files.exists(inRun.resolve(PeftAdapter.CONFIG));
    return isRun ? inRun : named;
  }

  /** Refuses a bundle of many adapters where one is asked for. */
  static void requireNoBundle(Path path) {
    Checks.require(
        !Files.exists(path.resolve(BUNDLE_FILE))
            && !Files.exists(path.resolve(BUNDLE_IN_RUN).resolve(BUNDLE_FILE)),
        "%s is a bundle of many adapters, and one is needed here; ask it with 'ask', or name one of"
            + " the folders below its adapters/",
        path);
  }

  /**
   * A short name for an adapter: that of its file or folder, or of the run that made it.
   *
   * @param path of the adapter, or of the run
   */
  public static String name(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path above = whole.getParent();
    boolean inRun = whole.endsWith(IN_RUN) || whole.endsWith(BUNDLE_IN_RUN);
    Path last = inRun && above != null ? above.getFileName() : whole.getFileName();
    return last == null ? path.toString() : last.toString().replaceFirst("\\.gguf$", "");
  }
}
