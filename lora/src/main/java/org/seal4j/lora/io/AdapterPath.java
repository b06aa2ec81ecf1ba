package org.seal4j.lora.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.seal4j.data.hub.HubPath;

/** Where an adapter lies. What a user names may be the folder of the run that made it. */
public final class AdapterPath {
  /** Where runs put theirs. */
  private static final String IN_RUN = "adapter";

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

  /**
   * A short name for an adapter: that of its file or folder, or of the run that made it.
   *
   * @param path of the adapter, or of the run
   */
  public static String name(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    Path above = whole.getParent();
    Path last = whole.endsWith(IN_RUN) && above != null ? above.getFileName() : whole.getFileName();
    return last == null ? path.toString() : last.toString().replaceFirst("\\.gguf$", "");
  }
}
