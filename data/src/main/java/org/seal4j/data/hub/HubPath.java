package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.FolderFile;

/**
 * Paths that name a model on a hub: {@code hf:OWNER/NAME[@REVISION][:FILE]} stands for what {@code
 * seal fetch} or Python's huggingface_hub has put into the cache. Nothing is fetched here.
 *
 * <pre>{@code
 * Path folder = HubPath.local(Path.of("hf:HuggingFaceTB/SmolLM2-135M-Instruct"));
 * }</pre>
 */
public final class HubPath {
  private static final String WHOLE = "model.safetensors";
  private static final String ADAPTER = "adapter_model.safetensors";

  private HubPath() {}

  /** Whether a path names a model on a hub. */
  public static boolean is(Path path) {
    return path.toString().startsWith(HubName.PREFIX);
  }

  /**
   * The folder or file in the cache that such a path stands for; every other path as it is.
   *
   * @throws org.seal4j.data.check.InputException where it was not fetched, with the command to call
   */
  public static Path local(Path path) {
    return is(path) ? local(HubName.parse(path.toString()), HubSettings.here()) : path;
  }

  /**
   * The same path with the commit as its revision, so that it means the same model for ever; one
   * that was not fetched, and every other path, as it is.
   */
  public static Path pinned(Path path) {
    if (!is(path)) {
      return path;
    }
    HubName name = HubName.parse(path.toString());
    return HubCache.of(HubSettings.here().cache(), name)
        .commit(name.revision())
        .map(commit -> Path.of(name.at(commit).toString()))
        .orElse(path);
  }

  /** The name, at a commit, of a folder or file in a cache; empty for every other path. */
  public static Optional<HubName> name(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    for (Path at = whole; at.getParent() != null; at = at.getParent()) {
      Path snapshots = at.getParent();
      Path repository = snapshots.getParent();
      String commit = String.valueOf(at.getFileName());
      if (snapshots.endsWith("snapshots") && repository != null && HubName.isCommit(commit)) {
        String[] words = String.valueOf(repository.getFileName()).split("--", -1);
        if (words.length == 3 && words[0].equals("models")) {
          HubName name = HubName.parse(words[1] + "/" + words[2] + "@" + commit);
          String file = at.relativize(whole).toString();
          return Optional.of(file.isEmpty() ? name : name.withFile(file.replace('\\', '/')));
        }
      }
    }
    return Optional.empty();
  }

  static Path local(HubName name, HubSettings settings) {
    HubCache cache = HubCache.of(settings.cache(), name);
    String commit =
        cache
            .commit(name.revision())
            .orElseThrow(
                () ->
                    Checks.refuse(
                        "%s is not in the cache %s; fetch it first: %s",
                        name, settings.cache(), name.command()));
    if (name.file().isEmpty()) {
      return model(name, cache.snapshot(commit));
    }
    Path file = cache.pointer(commit, name.file().get());
    Checks.require(
        cache.has(commit, name.file().get()),
        "%s is not in the cache %s; fetch it first: %s",
        name,
        settings.cache(),
        name.command());
    return file;
  }

  /** The folder, or the one GGUF file where there is nothing else. */
  private static Path model(HubName name, Path snapshot) {
    List<String> names = names(snapshot);
    for (String missing : missing(snapshot, names)) {
      throw Checks.refuse(
          "%s is not complete: %s is missing in %s; fetch the rest: %s",
          name, Shown.text(missing), snapshot, name.command());
    }
    if (names.contains(WHOLE) || names.contains(Index.FILE) || names.contains(ADAPTER)) {
      return snapshot;
    }
    List<String> gguf = names.stream().filter(file -> file.endsWith(".gguf")).toList();
    Checks.require(
        gguf.size() < 2,
        "%s has several GGUF files in the cache; name one: %s",
        name,
        String.join(" or ", gguf.stream().limit(5).map(file -> name + ":" + file).toList()));
    Checks.require(
        gguf.size() == 1,
        "%s has no weights in the cache (%s, or one .gguf file) but %s; fetch them: %s",
        name,
        WHOLE,
        Shown.names(names),
        name.command());
    return snapshot.resolve(gguf.get(0));
  }

  private static List<String> missing(Path snapshot, List<String> names) {
    List<String> missing = new ArrayList<>();
    if (!names.contains(WHOLE) && names.contains(Index.FILE)) {
      FolderFile.find(snapshot, Index.FILE)
          .map(Index::parts)
          .ifPresent(
              parts -> parts.stream().filter(part -> !names.contains(part)).forEach(missing::add));
    }
    return missing;
  }

  /** Regular files of the folder; links to nothing are none. */
  private static List<String> names(Path snapshot) {
    try (Stream<Path> files = Files.list(snapshot)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Checks.refuse("cannot list %s: %s", snapshot, AtomicFile.reason(e));
    }
  }
}
