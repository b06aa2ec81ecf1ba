package org.seal4j.rl.passage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seal4j.data.check.Checks;

/** The prompt kinds that a recipe may name: those of SEAL and its own. */
public final class PromptKinds {
  private static final String PASSAGE = "Passage:\n{title}\n{context}";
  private static final String BARE = "{title}\n{context}";
  private static final String IMPLICATIONS = "Implications:\n";

  /** SEAL's kinds, in the order of its table. */
  private static final List<PromptKind> BUILT_IN =
      List.of(
          new PromptKind(
              "implications",
              "Read the passage below and write down what follows from it, directly or indirectly,"
                  + " as a list of implications.",
              PASSAGE,
              IMPLICATIONS),
          new PromptKind(
              "implications-long",
              "Read the passage below and write down what follows from it, directly or indirectly,"
                  + " as a long list of implications.",
              PASSAGE,
              IMPLICATIONS),
          new PromptKind(
              "implications-very-long",
              "Read the passage below and write down what follows from it, directly or indirectly,"
                  + " as a very long list of implications.",
              PASSAGE,
              IMPLICATIONS),
          new PromptKind(
              "rewrite",
              "Read the passage below and say the same in several different ways, each on a line of"
                  + " its own.",
              PASSAGE,
              "Rewritten passages:\n"),
          new PromptKind(
              "self-qa",
              "Read the passage below and turn what it says into questions with their answers.",
              PASSAGE,
              "Question 1: "),
          new PromptKind("none", "", BARE + "\n\n", ""),
          new PromptKind(
              "implications-chain-of-thought",
              "Read the passage below. First think it through step by step under the heading"
                  + " \"Thought Process:\"; then, under the heading \"Implications:\", list what"
                  + " follows from it, directly or indirectly.",
              PASSAGE,
              "Thought Process:"));

  private final Map<String, PromptKind> kinds = new LinkedHashMap<>();

  private PromptKinds() {
    BUILT_IN.forEach(kind -> kinds.put(kind.name(), kind));
  }

  /** SEAL's kinds alone. */
  public static PromptKinds builtIn() {
    return new PromptKinds();
  }

  /**
   * SEAL's kinds and a recipe's own.
   *
   * @param own by name: the whole prompt with the places {@code {title}} and {@code {context}}
   */
  public static PromptKinds with(Map<String, String> own) {
    PromptKinds all = new PromptKinds();
    List<String> names = new ArrayList<>(own.keySet());
    Collections.sort(names);
    for (String name : names) {
      Checks.require(
          !all.kinds.containsKey(name),
          "prompt kind '%s' is built in; give your own another name",
          name);
      all.kinds.put(name, new PromptKind(name, "", own.getOrDefault(name, ""), ""));
    }
    return all;
  }

  /** The kind of this name. */
  public PromptKind named(String name) {
    return Checks.present(
        kinds.get(name),
        "there is no prompt kind '%s'; known are %s",
        name,
        String.join(", ", kinds.keySet()));
  }

  /** All names, the built-in ones first. */
  public List<String> names() {
    return List.copyOf(kinds.keySet());
  }
}
