package org.seal4j.data.hub;

import java.util.Optional;
import java.util.regex.Pattern;
import org.seal4j.data.check.Checks;
import org.seal4j.data.check.Shown;

/**
 * A repository of a model or an adapter on a hub, at a revision; perhaps one file of it.
 *
 * @param owner user or organisation
 * @param name of the repository
 * @param revision branch, tag or commit
 * @param file path in the repository, empty for all that a model needs
 */
public record HubName(String owner, String name, String revision, Optional<String> file) {
  /** What a path begins with that names a model on a hub. */
  public static final String PREFIX = "hf:";

  /** The branch that is meant where no revision is named. */
  static final String MAIN = "main";

  private static final String FORM = "OWNER/NAME[@REVISION][:FILE]";

  /**
   * As huggingface_hub has it: letters, digits, {@code _}, {@code -} and {@code .} between them.
   */
  private static final Pattern WORD =
      Pattern.compile("(?!.*(--|\\.\\.))\\w(?:[\\w.-]{0,94}\\w)?", Pattern.DOTALL);

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  public HubName {
    RelativeName.require("the revision is", revision);
    file.ifPresent(named -> RelativeName.require("the file is", named));
  }

  /**
   * Reads {@code OWNER/NAME[@REVISION][:FILE]}, with or without {@value #PREFIX} before it.
   *
   * @throws org.seal4j.data.check.InputException where it is of another form
   */
  public static HubName parse(String text) {
    String all = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    int colon = all.indexOf(':');
    Optional<String> file = colon < 0 ? Optional.empty() : Optional.of(all.substring(colon + 1));
    String repository = colon < 0 ? all : all.substring(0, colon);
    int at = repository.indexOf('@');
    String revision = at < 0 ? MAIN : repository.substring(at + 1);
    String[] words = (at < 0 ? repository : repository.substring(0, at)).split("/", -1);
    Checks.require(
        words.length == 2 && isWord(words[0]) && isWord(words[1]) && !words[1].endsWith(".git"),
        "'%s' names no model on a hub; the form is %s, such as HuggingFaceTB/SmolLM2-135M-Instruct",
        Shown.text(text),
        text.startsWith(PREFIX) ? PREFIX + FORM : FORM);
    return new HubName(words[0], words[1], revision, file);
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches();
  }

  /** {@code OWNER/NAME}. */
  public String repository() {
    return owner + "/" + name;
  }

  /** The same with one file of the repository. */
  public HubName withFile(String path) {
    return new HubName(owner, name, revision, Optional.of(path));
  }

  /** The same at another revision. */
  public HubName at(String other) {
    return new HubName(owner, name, other, file);
  }

  /** Whether a revision is a whole commit, which never changes. */
  static boolean isCommit(String revision) {
    return COMMIT.matcher(revision).matches();
  }

  /** The command that fetches it. */
  String command() {
    return "seal fetch "
        + repository()
        + (revision.equals(MAIN) ? "" : "@" + revision)
        + file.map(path -> " --file " + path).orElse("");
  }

  /** In the form that {@link #parse} reads, with {@value #PREFIX}. */
  @Override
  public String toString() {
    return PREFIX
        + repository()
        + (revision.equals(MAIN) ? "" : "@" + revision)
        + file.map(path -> ":" + path).orElse("");
  }
}
