package org.seal4j.rl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seal4j.data.check.Checks;

/**
 * Carries out one phase: plays back the rows that an earlier run left, fills and evaluates the
 * slots that remain, and records a row for each, in slot order, as soon as it is known.
 */
final class PhaseRunner<C extends Context, E extends SelfEdit> {
  private final EditSampler<C, E> sampler;
  private final LoopPorts<C, E> ports;
  private final JournalReplay<EditRow> replay;
  private final Progress progress;

  PhaseRunner(LoopPorts<C, E> ports, int maxResamples) {
    this.sampler = new EditSampler<>(ports.policy(), ports.format(), maxResamples);
    this.ports = ports;
    this.replay = new JournalReplay<>(ports.edits());
    this.progress = ports.progress();
  }

  /** An evaluated slot. {@code proposal} is empty where the model was scored without an edit. */
  record Evaluated<C extends Context, E extends SelfEdit>(
      C context, Optional<Proposal<E>> proposal, EditRow row) {}

  /**
   * What a phase gave.
   *
   * @param entries one per slot
   * @param played how many of them, from the first, an earlier run had evaluated
   */
  record Result<C extends Context, E extends SelfEdit>(List<Evaluated<C, E>> entries, int played) {
    boolean isPlayedBack() {
      return played == entries.size();
    }

    List<EditRow> rows() {
      return entries.stream().map(Evaluated::row).toList();
    }
  }

  Result<C, E> run(Phase phase, List<Slot<C>> slots, EditSource<C, E> source) {
    List<Evaluated<C, E>> entries = new ArrayList<>();
    playBack(slots, source, entries);
    int played = entries.size();
    List<Slot<C>> rest = slots.subList(played, slots.size());
    return evaluated(phase, slots, fill(phase, rest, source), entries);
  }

  /** What the policy writes for these slots; nothing is evaluated. */
  List<Proposal<E>> write(Phase phase, List<Slot<C>> slots) {
    return fill(phase, slots, EditSource.policy()).stream().map(Optional::orElseThrow).toList();
  }

  /** Evaluates what {@link #write} gave for these slots. */
  Result<C, E> examine(Phase phase, List<Slot<C>> slots, List<Proposal<E>> written) {
    List<Evaluated<C, E>> entries = new ArrayList<>();
    playBack(slots, EditSource.policy(), entries);
    List<Proposal<E>> rest = written.subList(entries.size(), written.size());
    return evaluated(phase, slots, rest.stream().map(Optional::of).toList(), entries);
  }

  private List<Optional<Proposal<E>>> fill(
      Phase phase, List<Slot<C>> slots, EditSource<C, E> source) {
    progress.start(phase + ": writing edits", slots.size());
    List<Optional<Proposal<E>>> proposals = sampler.fill(slots, source);
    if (source instanceof EditSource.FromPolicy<C, E>) {
      progress.step(slots.size(), "");
    }
    progress.end();
    return proposals;
  }

  /**
   * Evaluates the slots that an earlier run has not.
   *
   * @param proposals of those that remain
   * @param entries those before them, which this adds to
   */
  private Result<C, E> evaluated(
      Phase phase,
      List<Slot<C>> slots,
      List<Optional<Proposal<E>>> proposals,
      List<Evaluated<C, E>> entries) {
    int played = entries.size();
    progress.start(phase + ": evaluating edits", slots.size());
    if (played > 0) {
      progress.resume(played, "from the journal");
    }
    evaluate(
        slots.subList(played, slots.size()), proposals, rivals(slots, proposals, entries), entries);
    progress.end();
    return new Result<>(List.copyOf(entries), played);
  }

  private void playBack(
      List<Slot<C>> slots, EditSource<C, E> source, List<Evaluated<C, E>> entries) {
    for (Slot<C> slot : slots) {
      Optional<EditRow> recorded = replay.peek();
      if (recorded.isEmpty()) {
        return;
      }
      EditRow row = recorded.get();
      Checks.require(
          row.key().equals(slot.key()),
          "the journal continues with %s but this run with %s; it was written with other settings,"
              + " data or seeds: continue with those, or start afresh",
          row.key(),
          slot.key());
      Optional<Proposal<E>> proposal = sampler.restore(slot, row.draft(), source);
      Checks.require(
          sampler.describe(proposal).equals(row.draft()),
          "the journal holds %s, which now reads as %s; it was written by another version or for"
              + " other edits: start afresh",
          row.draft(),
          sampler.describe(proposal));
      replay.take();
      entries.add(new Evaluated<>(slot.context(), proposal, row));
    }
  }

  /**
   * The edits of a round by context, those among them that an earlier run evaluated; of an
   * evaluation none, since nothing is chosen there.
   */
  private Map<String, List<EditJob<C, E>>> rivals(
      List<Slot<C>> slots, List<Optional<Proposal<E>>> proposals, List<Evaluated<C, E>> entries) {
    if (!slots.get(0).key().phase().equals(Phase.TRAIN)) {
      return Map.of();
    }
    List<Optional<Proposal<E>>> all = new ArrayList<>();
    entries.forEach(entry -> all.add(entry.proposal()));
    all.addAll(proposals);
    return jobs(slots, all).stream().collect(Collectors.groupingBy(job -> job.context().id()));
  }

  private List<EditJob<C, E>> jobs(List<Slot<C>> slots, List<Optional<Proposal<E>>> proposals) {
    List<EditJob<C, E>> jobs = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (isEvaluable(proposals.get(i))) {
        Slot<C> slot = slots.get(i);
        jobs.add(
            new EditJob<>(
                slot.context(),
                proposals.get(i).flatMap(Proposal::edit),
                slot.index(),
                slot.seeds().child("inner"),
                slot.key().phase().equals(Phase.REEXAMINED),
                Optional.empty(),
                List.of()));
      }
    }
    return jobs;
  }

  private void evaluate(
      List<Slot<C>> slots,
      List<Optional<Proposal<E>>> proposals,
      Map<String, List<EditJob<C, E>>> rivals,
      List<Evaluated<C, E>> entries) {
    List<EditJob<C, E>> jobs = new ArrayList<>();
    for (EditJob<C, E> job : jobs(slots, proposals)) {
      jobs.add(
          job.against(
              rivals.getOrDefault(job.context().id(), List.of()).stream()
                  .filter(other -> other.index() != job.index())
                  .toList()));
    }
    Tally tally = new Tally(entries.size() + slots.size() - jobs.size());
    Recording recording = new Recording(slots, proposals, entries, tally);
    recording.invalidEdits();
    if (jobs.isEmpty()) {
      tally.finished(0);
    } else {
      ports
          .executorOf(slots.get(0).key().phase())
          .evaluate(jobs, recording::outcome, tally::finished);
    }
    recording.requireComplete();
  }

  private static <E extends SelfEdit> boolean isEvaluable(Optional<Proposal<E>> proposal) {
    return proposal.isEmpty() || proposal.get().isValid();
  }

  /** Tells how many edits are evaluated; their rows are written later, in slot order. */
  private final class Tally {
    private int done;
    private int solved;
    private boolean begun;

    /**
     * @param done edits of the phase that need no evaluation
     */
    Tally(int done) {
      this.done = done;
    }

    synchronized void finished(int jobs) {
      begun = true;
      done += jobs;
      show();
    }

    /** Silent before the first evaluation, so that the speed is that of evaluations alone. */
    synchronized void written(Outcome outcome) {
      solved += outcome.solved() ? 1 : 0;
      if (begun) {
        show();
      }
    }

    private void show() {
      progress.step(done, solved > 0 ? solved + " solved" : "");
    }
  }

  /** Writes the rows of the remaining slots, in slot order. */
  private final class Recording {
    private final List<Slot<C>> slots;
    private final List<Optional<Proposal<E>>> proposals;
    private final List<Evaluated<C, E>> entries;
    private final Tally tally;
    private int next;

    Recording(
        List<Slot<C>> slots,
        List<Optional<Proposal<E>>> proposals,
        List<Evaluated<C, E>> entries,
        Tally tally) {
      this.slots = slots;
      this.proposals = proposals;
      this.entries = entries;
      this.tally = tally;
    }

    /** The outcome of the next edit that was evaluated. */
    void outcome(Outcome outcome) {
      if (next == slots.size()) {
        throw new IllegalStateException("the executor gave more outcomes than jobs");
      }
      write(outcome);
      invalidEdits();
    }

    /** Invalid edits up to the next one that is evaluated. */
    void invalidEdits() {
      while (next < slots.size() && !isEvaluable(proposals.get(next))) {
        write(Outcome.ofInvalidEdit());
      }
    }

    void requireComplete() {
      if (next < slots.size()) {
        throw new IllegalStateException("the executor gave fewer outcomes than jobs");
      }
    }

    private void write(Outcome outcome) {
      Slot<C> slot = slots.get(next);
      Optional<Proposal<E>> proposal = proposals.get(next);
      EditRow row = new EditRow(slot.key(), sampler.describe(proposal), outcome);
      replay.put(row);
      entries.add(new Evaluated<>(slot.context(), proposal, row));
      next++;
      tally.written(outcome);
    }
  }
}
