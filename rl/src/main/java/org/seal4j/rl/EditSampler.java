package org.seal4j.rl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills slots with edits; the policy is asked again for invalid ones, a bounded number of times.
 */
final class EditSampler<C extends Context, E extends SelfEdit> {
  private final Policy<C> policy;
  private final EditFormat<C, E> format;
  private final int maxResamples;

  EditSampler(Policy<C> policy, EditFormat<C, E> format, int maxResamples) {
    this.policy = policy;
    this.format = format;
    this.maxResamples = maxResamples;
  }

  /** One entry per slot, in order; empty where the model is to be scored without an edit. */
  List<Optional<Proposal<E>>> fill(List<Slot<C>> slots, EditSource<C, E> source) {
    if (slots.isEmpty()) {
      return List.of();
    }
    if (source instanceof EditSource.FromPolicy<C, E>) {
      return sample(slots).stream().map(Optional::of).toList();
    }
    return slots.stream().map(slot -> unsampled(slot, source)).toList();
  }

  /** The entry of a slot that an earlier run has already filled and evaluated. */
  Optional<Proposal<E>> restore(Slot<C> slot, EditRow.Draft draft, EditSource<C, E> source) {
    if (source instanceof EditSource.FromPolicy<C, E>) {
      return Optional.of(
          new Proposal<>(
              draft.raw(),
              format.read(slot.context(), draft.raw()),
              draft.logProbability(),
              draft.attempts()));
    }
    return unsampled(slot, source);
  }

  /** The entry as the journal keeps it. */
  EditRow.Draft describe(Optional<Proposal<E>> entry) {
    if (entry.isEmpty()) {
      return new EditRow.Draft("", Optional.empty(), Optional.empty(), "", 0, Double.NaN);
    }
    Proposal<E> proposal = entry.get();
    Optional<ParsedEdit.Invalid<E>> invalid =
        proposal.parsed() instanceof ParsedEdit.Invalid<E> refused
            ? Optional.of(refused)
            : Optional.empty();
    return new EditRow.Draft(
        proposal.raw(),
        proposal.edit().map(format::write),
        invalid.map(ParsedEdit.Invalid::reason),
        invalid.map(ParsedEdit.Invalid::sentence).orElse(""),
        proposal.attempts(),
        proposal.logProbability());
  }

  private static <C extends Context, E extends SelfEdit> Optional<Proposal<E>> unsampled(
      Slot<C> slot, EditSource<C, E> source) {
    if (source instanceof EditSource.Given<C, E> given) {
      E edit = given.rule().edit(slot.context(), slot.index(), slot.seeds().child("given").rng());
      return Optional.of(new Proposal<>("", new ParsedEdit.Valid<>(edit), Double.NaN, 0));
    }
    return Optional.empty();
  }

  private List<Proposal<E>> sample(List<Slot<C>> slots) {
    Map<Slot<C>, Proposal<E>> latest = new LinkedHashMap<>();
    List<Slot<C>> open = slots;
    for (int attempt = 1; !open.isEmpty() && attempt <= maxResamples + 1; attempt++) {
      List<Sample> samples = ask(open, attempt);
      List<Slot<C>> invalid = new ArrayList<>();
      for (int i = 0; i < open.size(); i++) {
        Slot<C> slot = open.get(i);
        Sample sample = samples.get(i);
        ParsedEdit<E> parsed = format.read(slot.context(), sample.raw());
        Proposal<E> proposal =
            new Proposal<>(sample.raw(), parsed, sample.logProbability(), attempt);
        latest.put(slot, proposal);
        if (!proposal.isValid()) {
          invalid.add(slot);
        }
      }
      open = invalid;
    }
    return List.copyOf(latest.values());
  }

  private List<Sample> ask(List<Slot<C>> slots, int attempt) {
    List<SampleRequest<C>> requests = new ArrayList<>();
    for (Slot<C> slot : slots) {
      requests.add(
          new SampleRequest<>(slot.context(), slot.index(), slot.seeds().child("sample", attempt)));
    }
    List<Sample> samples = policy.sample(requests);
    if (samples.size() != requests.size()) {
      throw new IllegalStateException(
          "the policy gave %d samples for %d requests".formatted(samples.size(), requests.size()));
    }
    return samples;
  }
}
