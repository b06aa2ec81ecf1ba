package org.seal4j.lora.io;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.seal4j.data.hub.HubName;
import org.seal4j.data.hub.HubPath;

/**
 * The model that an adapter belongs to, as {@code adapter_config.json} names it.
 *
 * @param name {@code OWNER/NAME} on a hub, or a path; may be empty
 * @param revision the commit on the hub, null for none
 */
record PeftBase(String name, @Nullable String revision) {
  /** What is in the cache of a hub has a name that means the same on other machines. */
  static PeftBase of(String nameOrPath) {
    Optional<HubName> fetched =
        nameOrPath.contains("snapshots") ? HubPath.name(Path.of(nameOrPath)) : Optional.empty();
    return fetched
        .map(hub -> new PeftBase(hub.repository(), hub.revision()))
        .orElseGet(() -> new PeftBase(nameOrPath, null));
  }
}
