package org.seal4j.rl.grid;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seal4j.data.batch.TokenSequence;
import org.seal4j.model.generate.Score;
import org.seal4j.model.generate.Scorer;

/**
 * Says how likely every value of every choice was: each is put behind the choices before it and
 * scored, and the probabilities of the values that may stand there are made to sum to 1. That is
 * what the policy samples from at temperature 1 under its grammar.
 */
final class EditChoices {
  /** The places of a self-edit behind its tools: loss, learning rate, epochs. */
  private static final int BEHIND_TOOLS = 3;

  private final OpenDomain domain;
  private final GridLanguage language;

  EditChoices(OpenDomain domain, GridLanguage language) {
    this.domain = domain;
    this.language = language;
  }

  /** The choices of one edit, in the order in which they are written. */
  List<EditChoice> of(OpenContext context, FewShotEdit edit, Scorer scorer) {
    EditTokens tokens = language.edits();
    int[] chosen = tokens.encode(edit);
    List<TokenSequence> sequences = new ArrayList<>();
    for (int slot = 0; slot < chosen.length; slot++) {
      for (int symbol : tokens.allowed(slot)) {
        int[] begun = Arrays.copyOf(chosen, slot + 1);
        begun[slot] = symbol;
        sequences.add(domain.written(context, language.tokens(begun)));
      }
    }
    List<Score> scores = scorer.score(sequences);
    List<EditChoice> choices = new ArrayList<>();
    int next = 0;
    for (int slot = 0; slot < chosen.length; slot++) {
      int[] allowed = tokens.allowed(slot);
      choices.add(choice(slot, chosen[slot], allowed, last(scores, next, allowed.length)));
      next += allowed.length;
    }
    return choices;
  }

  private static double[] last(List<Score> scores, int from, int count) {
    return scores.subList(from, from + count).stream()
        .mapToDouble(score -> score.nll()[score.nll().length - 1])
        .toArray();
  }

  private EditChoice choice(int slot, int chosen, int[] allowed, double[] negLogLikelihoods) {
    double least = Arrays.stream(negLogLikelihoods).min().orElse(0);
    double sum = Arrays.stream(negLogLikelihoods).map(nll -> StrictMath.exp(least - nll)).sum();
    List<EditChoice.Option> options = new ArrayList<>();
    for (int i = 0; i < allowed.length; i++) {
      double probability = StrictMath.exp(least - negLogLikelihoods[i]) / sum;
      options.add(new EditChoice.Option(value(slot, allowed[i]), probability));
    }
    String name = language.edits().names().get(chosen);
    return new EditChoice(name.substring(0, name.indexOf('=')), value(slot, chosen), options);
  }

  private String value(int slot, int symbol) {
    String name = language.edits().names().get(symbol);
    String value = name.substring(name.indexOf('=') + 1);
    boolean tool = slot < language.edits().length() - BEHIND_TOOLS;
    return tool ? (value.equals("1") ? "on" : "off") : value;
  }
}
