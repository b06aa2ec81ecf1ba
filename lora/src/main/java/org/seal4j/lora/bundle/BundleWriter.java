package org.seal4j.lora.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.json.ProvenJson;

/**
 * Writes bundles: adapters and index beside what is there, then {@code bundle.json}, then what is
 * no longer named is deleted.
 */
final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes a bundle, or another one over it.
   *
   * @param adapters where those are stored that the folder does not have
   */
  static Bundle put(Path folder, BundleContents contents, Path adapters) {
    Path own = folder.resolve(Bundle.ADAPTERS);
    for (String hash : contents.adapters()) {
      Path from = adapters.resolve(hash);
      if (!Files.exists(own.resolve(hash))) {
        String copied = HashedFolder.write(own, to -> HashedFolder.copy(from, to));
        Checks.require(copied.equals(hash), "%s is not the adapter that it is named after", from);
      }
    }
    String index =
        HashedFolder.write(
            folder.resolve(Bundle.INDEX), to -> BundleIndexFiles.write(to, contents));
    Map<String, Gate> gates = Gates.of(contents);
    ProvenJson.write(folder.resolve(Bundle.FILE), BundleManifest.of(contents, index, gates));
    Bundle written = Bundle.open(folder);
    for (String name : written.leftOver()) {
      try {
        HashedFolder.delete(folder.resolve(name));
      } catch (IOException e) {
        throw Checks.refuse("cannot delete %s: %s", folder.resolve(name), AtomicFile.reason(e));
      }
    }
    return written;
  }
}
