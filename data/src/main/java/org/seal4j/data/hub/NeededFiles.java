package org.seal4j.data.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.InputException;
import org.seal4j.data.check.Shown;

/**
 * Which files of a repository a model or an adapter needs: its weights as safetensors or as one
 * GGUF file, and what says its sizes, its tokenizer and its chat template. Formats that run code
 * when they are read (Python's pickles) are never among them.
 *
 * @param files to be fetched, small ones first
 * @param index whether the weights are in further files that {@link Index#FILE} names
 */
record NeededFiles(List<String> files, boolean index) {
  private static final String ADAPTER_CONFIG = "adapter_config.json";
  private static final String ADAPTER = "adapter_model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String WHOLE = "model.safetensors";

  private static final Pattern PICKLE =
      Pattern.compile("(?i).*\\.(bin|pt|pth|pkl|pickle|ckpt|joblib|npy|npz|h5|msgpack)");

  private static final Pattern SETTINGS =
      Pattern.compile(
          "(generation_config|special_tokens_map|added_tokens|vocab|encoder)\\.json|merges\\.txt"
              + "|vocab\\.bpe|tokenizer[^/]*\\.(json|model)|chat_template[^/]*\\.(jinja|json)");

  private static final Pattern ADAPTER_SETTINGS =
      Pattern.compile("tokenizer_config\\.json|special_tokens_map\\.json|chat_template\\.jinja");

  static NeededFiles of(Listing listing, HubName name) {
    Set<String> all = listing.files().keySet();
    if (name.file().isPresent()) {
      String file = listing.entry(name.file().get()).name();
      Checks.require(
          !PICKLE.matcher(file).matches(),
          "'%s' may be a Python pickle or the like, which is not fetched: it can run code when it"
              + " is read; name a .safetensors or a .gguf file",
          file);
      return new NeededFiles(List.of(file), false);
    }
    if (all.contains(ADAPTER_CONFIG) && (all.contains(ADAPTER) || !all.contains(CONFIG))) {
      require(all.contains(ADAPTER), all, name, "no " + ADAPTER);
      return matching(all, ADAPTER_SETTINGS, ADAPTER_CONFIG, ADAPTER);
    }
    boolean whole = all.contains(WHOLE);
    if (whole || all.contains(Index.FILE)) {
      require(all.contains(CONFIG), all, name, "no " + CONFIG);
      return whole
          ? matching(all, SETTINGS, CONFIG, WHOLE)
          : new NeededFiles(matching(all, SETTINGS, CONFIG, Index.FILE).files(), true);
    }
    return new NeededFiles(List.of(onlyGguf(all, name)), false);
  }

  private static NeededFiles matching(
      Set<String> all, Pattern settings, String config, String weights) {
    List<String> files = new ArrayList<>(List.of(config));
    all.stream().filter(file -> settings.matcher(file).matches()).sorted().forEach(files::add);
    files.add(weights);
    return new NeededFiles(List.copyOf(files), false);
  }

  private static String onlyGguf(Set<String> all, HubName name) {
    List<String> gguf = all.stream().filter(file -> file.endsWith(".gguf")).sorted().toList();
    require(!gguf.isEmpty(), all, name, "neither safetensors (" + WHOLE + ") nor a .gguf file");
    Checks.require(
        gguf.size() == 1,
        "%s has %d GGUF files; choose one with --file: %s",
        name.repository(),
        gguf.size(),
        String.join(", ", gguf.stream().map(Shown::text).toList()));
    return gguf.get(0);
  }

  private static void require(boolean there, Set<String> all, HubName name, String lack) {
    if (!there) {
      throw refused(all, name, lack);
    }
  }

  private static InputException refused(Set<String> all, HubName name, String lack) {
    Optional<String> pickle =
        all.stream().filter(file -> PICKLE.matcher(file).matches()).sorted().findFirst();
    return Checks.refuse(
        "%s has %s at revision '%s'%s",
        name.repository(),
        lack,
        name.revision(),
        pickle
            .map(
                file ->
                    " but %s, which is not fetched: such a file can run code when it is read; look for a revision with safetensors"
                        .formatted(Shown.text(file)))
            .orElse("; it has " + Shown.names(all)));
  }
}
