package org.seal4j.lora.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seal4j.data.check.Checks;
import org.seal4j.data.file.AtomicFile;
import org.seal4j.data.file.ContentHash;
import org.seal4j.data.json.ProvenJson;
import org.seal4j.lora.io.AdapterPath;
import org.seal4j.lora.io.PeftAdapter;
import org.seal4j.model.ModelConfig;

/**
 * A folder of many adapters, each of a passage and by itself in the form of PEFT, with what is
 * needed to find the one that a question is for:
 *
 * <pre>
 * bundle.json                 model, passages, gates; names all the rest by its content
 * index/HASH/                 passages.arrow, questions.arrow, states.safetensors, recipe.yaml
 * adapters/HASH/              adapter_config.json, adapter_model.safetensors, README.md
 * </pre>
 *
 * <p>Opening it reads all but the adapters, of which it looks for folders and sizes; an adapter is
 * proven by its hash before it is used. A change writes what is new beside what is there and then
 * replaces {@code bundle.json}: a bundle is as before or as after, whenever the writer is stopped.
 * Equal contents are equal bytes.
 *
 * <pre>{@code
 * Bundle bundle = Bundle.open(Path.of("runs/notes/bundle"));
 * bundle.contents().documents().forEach(System.out::println);
 * }</pre>
 */
public final class Bundle {
  /** The file that makes a folder a bundle. */
  public static final String FILE = AdapterPath.BUNDLE_FILE;

  /** Where the adapters lie. */
  public static final String ADAPTERS = "adapters";

  static final String INDEX = "index";

  private final Path folder;
  private final BundleManifest manifest;
  private final BundleContents contents;
  private final String sha256;

  private Bundle(Path folder, BundleManifest manifest, BundleContents contents, String sha256) {
    this.folder = folder;
    this.manifest = manifest;
    this.contents = contents;
    this.sha256 = sha256;
  }

  /**
   * Opens a bundle.
   *
   * @param path of its folder, or of the run that made it
   * @throws org.seal4j.data.check.InputException in one sentence where it is none, or something of
   *     it is missing, damaged or of another bundle
   */
  public static Bundle open(Path path) {
    Bundle bundle = openIndex(path);
    bundle.contents.entries().forEach(bundle::requireThere);
    return bundle;
  }

  /**
   * Opens a bundle whose adapters may be missing or damaged, to say which.
   *
   * @throws org.seal4j.data.check.InputException in one sentence where anything else of it is
   */
  public static Bundle openIndex(Path path) {
    Path folder =
        BundlePath.find(path)
            .orElseThrow(
                () -> Checks.refuse("%s is no bundle of adapters: it has no %s", path, FILE));
    Path file = folder.resolve(FILE);
    BundleManifest manifest = ProvenJson.read(file, BundleManifest.class);
    Path index = folder.resolve(INDEX).resolve(manifest.index());
    Checks.require(
        Files.isDirectory(index),
        "the bundle %s lacks the folder %s; take it from a copy",
        folder,
        folder.relativize(index));
    Checks.require(
        HashedFolder.hash(index).equals(manifest.index()),
        "the files in %s are not those that %s names; the bundle is damaged, take it from a copy",
        index,
        FILE);
    BundleContents contents = BundleIndexFiles.read(index, manifest);
    return new Bundle(folder, manifest, contents, ContentHash.ofFile(file));
  }

  private void requireThere(BundleEntry entry) {
    Path adapter = adapter(entry);
    Checks.require(
        Files.isDirectory(adapter),
        "the bundle %s lacks the adapter of passage %s, the folder %s; take it from a copy",
        folder,
        entry.passage(),
        folder.relativize(adapter));
    long bytes = HashedFolder.bytes(adapter);
    Checks.require(
        bytes == entry.bytes(),
        "the adapter of passage %s has %d bytes instead of %d in %s; the bundle is damaged, take it"
            + " from a copy",
        entry.passage(),
        bytes,
        entry.bytes(),
        adapter);
  }

  /** The folder with texts, questions, states and recipe. */
  public Path index() {
    return folder.resolve(INDEX).resolve(manifest.index());
  }

  /** Where it lies. */
  public Path folder() {
    return folder;
  }

  /** What it says. */
  public BundleContents contents() {
    return contents;
  }

  /** The gate of a way to find passages. */
  public Gate gate(RouteBy by) {
    return Checks.present(
        manifest.gates().get(by.toString()),
        "%s has no gate for %s; it was written by another version",
        folder,
        by);
  }

  /** The folder of an adapter, in the form of PEFT. */
  public Path adapter(BundleEntry entry) {
    return folder.resolve(ADAPTERS).resolve(entry.adapter());
  }

  /**
   * Reads an adapter, whose bytes must be those that name it; the caller closes it.
   *
   * @throws org.seal4j.data.check.InputException where it is damaged or for another model
   */
  public PeftAdapter load(BundleEntry entry, ModelConfig model) {
    requireProven(entry);
    return PeftAdapter.load(adapter(entry), model);
  }

  /** Refuses an adapter whose files are not those that it is named by. */
  public void requireProven(BundleEntry entry) {
    requireThere(entry);
    Path adapter = adapter(entry);
    Checks.require(
        HashedFolder.hash(adapter).equals(entry.adapter()),
        "the files of the adapter of passage %s are not those it was named by in %s; the bundle is"
            + " damaged, take it from a copy",
        entry.passage(),
        adapter);
  }

  /** Refuses a bundle that is damaged anywhere, its adapters included. */
  public void requireProven() {
    contents.entries().forEach(this::requireProven);
  }

  /** Folders that the bundle does not name: what a writer left that was stopped. */
  public Set<String> leftOver() {
    Set<String> all = new TreeSet<>();
    for (String part : new String[] {INDEX, ADAPTERS}) {
      names(folder.resolve(part)).stream()
          .filter(name -> !isNamed(part, name))
          .forEach(name -> all.add(part + "/" + name));
    }
    return all;
  }

  private boolean isNamed(String part, String name) {
    return part.equals(INDEX) ? name.equals(manifest.index()) : contents.adapters().contains(name);
  }

  private static Set<String> names(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> String.valueOf(file.getFileName()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw Checks.refuse("cannot read %s: %s", folder, AtomicFile.reason(e));
    }
  }

  /**
   * Stores an adapter in a folder named by its content.
   *
   * @param adapters the folder above; made where it is missing
   * @return its hash
   */
  public static String store(Path adapters, PeftAdapter adapter, String baseSha256) {
    return HashedFolder.write(
        adapters, to -> adapter.save(to, Map.of(PeftAdapter.BASE_HASH, baseSha256)));
  }

  /** How many bytes the files of a stored adapter have. */
  public static long bytes(Path adapters, String hash) {
    return HashedFolder.bytes(adapters.resolve(hash));
  }

  /**
   * Writes a new bundle, or one over what a stopped writer left.
   *
   * @param folder with no bundle in it
   * @param adapters where those that it names are stored, see {@link #store}; in the bundle's own
   *     folder {@value #ADAPTERS} they stay where they are
   */
  public static Bundle write(Path folder, BundleContents contents, Path adapters) {
    Checks.require(
        !Files.exists(folder.resolve(FILE)),
        "%s is a bundle already; add documents to it, or choose another folder",
        folder);
    return BundleWriter.put(folder, contents, adapters);
  }

  /**
   * Writes the same bundle with other contents. Adapters that it has already are left as they are,
   * those that it no longer names are deleted.
   *
   * @param adapters where the others are stored
   */
  public Bundle replace(BundleContents other, Path adapters) {
    Checks.require(
        ContentHash.ofFile(folder.resolve(FILE)).equals(sha256),
        "%s was changed by another command since it was read; run this one again",
        folder);
    return BundleWriter.put(folder, other, adapters);
  }
}
