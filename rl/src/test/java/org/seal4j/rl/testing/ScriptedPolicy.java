package org.seal4j.rl.testing;

import java.util.ArrayList;
import java.util.List;
import org.seal4j.rl.Context;
import org.seal4j.rl.Policy;
import org.seal4j.rl.Sample;
import org.seal4j.rl.SampleRequest;

/**
 * A policy that writes given texts: to each context the k-th text as its k-th self-edit, and again
 * from the first where there are more self-edits than texts.
 */
public final class ScriptedPolicy<C extends Context> implements Policy<C> {
  private final List<String> texts;

  public ScriptedPolicy(String... texts) {
    if (texts.length == 0) {
      throw new IllegalArgumentException("a scripted policy needs at least one text");
    }
    this.texts = List.of(texts);
  }

  @Override
  public List<Sample> sample(List<SampleRequest<C>> requests) {
    List<Sample> samples = new ArrayList<>();
    for (SampleRequest<C> request : requests) {
      samples.add(new Sample(texts.get(request.index() % texts.size()), 0));
    }
    return samples;
  }
}
