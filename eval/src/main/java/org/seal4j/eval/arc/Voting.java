package org.seal4j.eval.arc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seal4j.data.arc.Grid;
import org.seal4j.data.check.Checks;

/**
 * Two-stage voting over the answers to augmented prompts (SEAL few-shot, docs/seal.md §3.5; the
 * scheme goes back to Akyürek et al. 2024, <i>The Surprising Effectiveness of Test-Time
 * Training</i>).
 *
 * <ol>
 *   <li>Answers are grouped by the transform of their prompt; one more group holds all of them.
 *       Each group has three ballots, one for each of its three commonest grids. A group with fewer
 *       distinct grids gives what is left to its commonest one, so a unanimous group has three
 *       ballots for one grid.
 *   <li>The grids with most ballots, two as a rule, are the attempts. Ties go to the grid with more
 *       answers to untransformed prompts, then to the earlier one.
 * </ol>
 *
 * <p>"Earlier" means: in a group, the order of the answers; among ballots, the group of all answers
 * before the others, these in the order of their first answer.
 *
 * <p>Differs from SEAL: ties which the reference leaves to the hash order of its sets go to the
 * earliest. With that rule the reference's fillers, grids put together from the commonest rows or
 * the commonest columns of a group with fewer than three distinct grids, are always the group's
 * commonest grid, so none is built here. The two attempts are always distinct; the reference may
 * hand in the first one twice after a tie.
 */
public final class Voting {
  /** Attempts allowed per test grid, as in the ARC competition. */
  public static final int ATTEMPTS = 2;

  /** The category of answers to untransformed prompts. */
  public static final String IDENTITY = "identity";

  private static final int BALLOTS = 3;
  private static final Grid NOTHING = Grid.of(new int[][] {{0}});

  private Voting() {}

  /**
   * One or two distinct grids, the best first. Where no candidate decodes to a grid the only
   * attempt is {@code [[0]]}, as in the reference.
   */
  public static List<Grid> attempts(List<Candidate> candidates) {
    return ranked(candidates, ATTEMPTS).stream().map(Ballot::grid).toList();
  }

  /**
   * The same for any number of attempts, with the votes of each. The first attempts do not depend
   * on how many are asked for.
   *
   * @param most attempts at most, at least 1
   */
  public static List<Ballot> ranked(List<Candidate> candidates, int most) {
    Checks.require(most >= 1, "a vote needs at least 1 attempt but was asked for %d", most);
    int asked = candidates.size();
    List<Grid> all = candidates.stream().map(Candidate::grid).flatMap(Optional::stream).toList();
    if (all.isEmpty()) {
      return List.of(new Ballot(NOTHING, 0, 0, asked));
    }
    Map<String, List<Grid>> groups = groups(candidates);
    Tally<Grid> ballots = Tally.of(ballots(all));
    groups.values().forEach(group -> ballots(group).forEach(ballots::add));
    Tally<Grid> untransformed = Tally.of(groups.getOrDefault(IDENTITY, List.of()));
    Tally<Grid> votes = Tally.of(all);
    return ballots.commonest(most, Comparator.comparing(untransformed::count).reversed()).stream()
        .map(grid -> new Ballot(grid, ballots.count(grid), votes.count(grid), asked))
        .toList();
  }

  /**
   * The attempts of several models at one grid as those of one: a grid stands before another where
   * more models hand it in first, then where more hand it in at all, then by its place and the
   * order of the models.
   *
   * @param attempts of each model, the best first; none of a model that hands in nothing
   * @return one or two distinct grids; none where no model hands one in
   */
  public static List<Grid> together(List<List<Grid>> attempts) {
    List<Grid> byPlace = new ArrayList<>();
    for (int place = 0; place < ATTEMPTS; place++) {
      for (List<Grid> one : attempts) {
        if (place < one.size()) {
          byPlace.add(one.get(place));
        }
      }
    }
    Tally<Grid> all = Tally.of(byPlace);
    Tally<Grid> first = Tally.of(attempts.stream().flatMap(one -> one.stream().limit(1)).toList());
    return byPlace.stream()
        .distinct()
        .sorted(Comparator.comparing(first::count).thenComparing(all::count).reversed()) // stable
        .limit(ATTEMPTS)
        .toList();
  }

  private static Map<String, List<Grid>> groups(List<Candidate> candidates) {
    Map<String, List<Grid>> groups = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      candidate
          .grid()
          .ifPresent(
              g -> groups.computeIfAbsent(candidate.category(), c -> new ArrayList<>()).add(g));
    }
    return groups;
  }

  private static List<Grid> ballots(List<Grid> group) {
    List<Grid> ballots = new ArrayList<>(Tally.of(group).commonest(BALLOTS));
    while (ballots.size() < BALLOTS) {
      ballots.add(ballots.get(0));
    }
    return ballots;
  }
}
