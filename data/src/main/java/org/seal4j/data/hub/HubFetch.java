package org.seal4j.data.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;

/**
 * Fetches a model or an adapter from a hub into the cache that Python's huggingface_hub uses as
 * well. What is there is not fetched again, what is there in part is fetched from there on, and
 * what has another hash than the hub says is thrown away.
 *
 * <pre>{@code
 * HubName name = HubName.parse("HuggingFaceTB/SmolLM2-135M-Instruct");
 * Path folder = HubFetch.fetch(HubSettings.here(), name, HubListener.silent()).path();
 * }</pre>
 */
public final class HubFetch {
  private final HubSettings settings;
  private final HubName name;
  private final HubClient client;
  private final HubCache cache;
  private final Patience patience;
  private final HubListener listener;
  private long finished;

  private HubFetch(
      HubSettings settings, HubName name, HubListener listener, Patience patience, HubLine line) {
    this.settings = settings;
    this.name = name;
    this.listener = listener;
    this.patience = patience;
    this.client = new HubClient(settings, name, line);
    this.cache = HubCache.of(settings.cache(), name);
  }

  /**
   * What was fetched.
   *
   * @param name at the commit that the revision means
   * @param path the folder or file in the cache
   * @param files that were needed
   * @param fetched how many of them came over the line
   */
  public record Fetched(HubName name, Path path, List<String> files, int fetched) {}

  /**
   * Fetches what is missing.
   *
   * @throws InputException in one sentence, where the hub or the disk refuses
   */
  public static Fetched fetch(HubSettings settings, HubName name, HubListener listener) {
    return fetch(
        settings,
        name,
        listener,
        new Patience(Thread::sleep),
        new HubLine(settings, HubLine.SILENCE_SECONDS));
  }

  static Fetched fetch(
      HubSettings settings, HubName name, HubListener listener, Patience patience, HubLine line) {
    if (settings.offline()) {
      return withoutNetwork(settings, name);
    }
    return new HubFetch(settings, name, listener, patience, line).all();
  }

  private static Fetched withoutNetwork(HubSettings settings, HubName name) {
    try {
      Path path = HubPath.local(name, settings);
      return new Fetched(HubPath.name(path).orElse(name), path, List.of(), 0);
    } catch (InputException e) {
      throw new InputException("HF_HUB_OFFLINE is set, and " + e.getMessage(), e);
    }
  }

  private Fetched all() {
    Listing listing = patience.untilDone(client::listing, () -> 0);
    String commit = listing.commit();
    NeededFiles needed = NeededFiles.of(listing, name);
    List<String> files = new ArrayList<>(needed.files());
    if (needed.index()) {
      missing(listing, List.of(Index.FILE)).forEach(file -> get(commit, file));
      files.addAll(Index.parts(cache.pointer(commit, Index.FILE)));
    }
    finished = 0;
    List<RemoteFile> missing = missing(listing, files);
    announce(commit, files, missing);
    missing.forEach(file -> get(commit, file));
    refer(commit, missing.isEmpty());
    listener.end();
    Path path = HubPath.local(name.at(commit), settings);
    return new Fetched(name.at(commit), path, List.copyOf(files), missing.size());
  }

  /** The files that are not there, as the hub describes them. */
  private List<RemoteFile> missing(Listing listing, List<String> files) {
    List<RemoteFile> missing = new ArrayList<>();
    for (String file : files) {
      Listing.Entry entry = listing.entry(file);
      if (!cache.has(listing.commit(), file)) {
        missing.add(patience.untilDone(() -> client.head(listing.commit(), entry), () -> 0));
      }
    }
    return missing;
  }

  private void announce(String commit, List<String> files, List<RemoteFile> missing) {
    long bytes = missing.stream().mapToLong(RemoteFile::size).sum();
    long there = missing.stream().mapToLong(this::there).sum();
    if (!missing.isEmpty()) {
      HubCache.make(settings.cache());
      requireRoom(bytes - there);
    }
    listener.begin(
        new HubListener.Ahead(name, commit, files.size(), missing.size(), bytes, there),
        settings.cache());
  }

  private long there(RemoteFile file) {
    try {
      Path blob = cache.blob(file.etag());
      Path part = cache.incomplete(file.etag());
      return Files.exists(blob) ? file.size() : Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private void requireRoom(long bytes) {
    try {
      long free = Files.getFileStore(settings.cache()).getUsableSpace();
      Checks.require(
          bytes <= free,
          "%s takes %s MB, and the disk of %s has %s MB left; make room, or set HF_HOME to a folder"
              + " of another disk",
          name,
          megabytes(bytes),
          settings.cache(),
          megabytes(free));
    } catch (IOException e) {
      // a disk that does not tell is found out by writing
    }
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f", bytes * 1e-6);
  }

  private void get(String commit, RemoteFile file) {
    long before = finished;
    new BlobFetch(client, cache, patience, at -> listener.step(before + at, file.name()))
        .get(name.at(commit), file, settings.links());
    finished += file.size();
  }

  /** A cache that has everything may be one that cannot be written. */
  private void refer(String commit, boolean optional) {
    try {
      cache.refer(name.revision(), commit);
    } catch (InputException e) {
      if (!optional) {
        throw e;
      }
    }
  }
}
