package org.seal4j.data.synth;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;

/**
 * What a family does, apart from its name: inputs as its tasks have them, under fixed palettes, and
 * the outputs. Another family behaves like it if it gives the same outputs for these inputs, under
 * the same palettes or with the colours of its roles exchanged.
 */
final class Behaviour {
  private static final int PROBES = 40;

  private final Family family;
  private final List<Palette> palettes = new ArrayList<>();
  private final List<Grid> inputs = new ArrayList<>();
  private final List<Grid> outputs = new ArrayList<>();
  private final List<Integer> places;

  Behaviour(Family family) {
    this.family = family;
    for (int i = 0; inputs.size() < PROBES; i++) {
      Rng rng = Seeds.of(20260101).child("probe", i).rng();
      Palette palette = Palette.draw(rng);
      Grid input = family.layout().sample(rng, palette, family.inputs());
      if (family.rule().shownBy(input, palette)) {
        palettes.add(palette);
        inputs.add(input);
        outputs.add(family.rule().apply(input, palette));
      }
    }
    places = usedPlaces();
  }

  /** The family this is the behaviour of. */
  Family family() {
    return family;
  }

  /**
   * The largest share of probes on which the other family gives this one's output, over all ways to
   * match the colours that the two use.
   */
  double agreement(Behaviour other) {
    if (places.size() != other.places.size()) {
      return agreement(other.family.rule(), other.places, other.places);
    }
    double best = 0;
    for (List<Integer> matched : permutations(places)) {
      best = Math.max(best, agreement(other.family.rule(), other.places, matched));
    }
    return best;
  }

  private double agreement(Rule rule, List<Integer> from, List<Integer> to) {
    int equal = 0;
    for (int i = 0; i < PROBES; i++) {
      Palette moved = moved(palettes.get(i), from, to);
      equal += rule.apply(inputs.get(i), moved).equals(outputs.get(i)) ? 1 : 0;
    }
    return (double) equal / PROBES;
  }

  /** A place is used if another colour there changes an output. */
  private List<Integer> usedPlaces() {
    List<Integer> used = new ArrayList<>();
    for (Role role : Role.values()) {
      boolean changes = false;
      for (int i = 0; i < PROBES && !changes; i++) {
        List<Integer> here = List.of(role.place());
        Palette other = moved(palettes.get(i), here, List.of(Palette.SIZE - 1));
        changes = !family.rule().apply(inputs.get(i), other).equals(outputs.get(i));
      }
      if (changes) {
        used.add(role.place());
      }
    }
    return used;
  }

  /** The palette whose place {@code from[k]} holds what was at {@code to[k]}; the rest fills up. */
  private static Palette moved(Palette palette, List<Integer> from, List<Integer> to) {
    int[] colors = new int[Palette.SIZE];
    boolean[] taken = new boolean[Palette.SIZE + 1];
    for (int k = 0; k < from.size(); k++) {
      colors[from.get(k)] = palette.at(to.get(k));
      taken[palette.at(to.get(k))] = true;
    }
    for (int place = 0; place < Palette.SIZE; place++) {
      for (int i = 0; colors[place] == 0; i++) {
        int color = palette.at((place + i) % Palette.SIZE);
        if (!taken[color]) {
          colors[place] = color;
          taken[color] = true;
        }
      }
    }
    return Palette.of(colors);
  }

  private static List<List<Integer>> permutations(List<Integer> items) {
    if (items.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> all = new ArrayList<>();
    for (Integer first : items) {
      List<Integer> rest = new ArrayList<>(items);
      rest.remove(first);
      for (List<Integer> tail : permutations(rest)) {
        List<Integer> whole = new ArrayList<>(List.of(first));
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }
}
