package org.seal4j.rl.inner;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.seal4j.rl.Context;
import org.seal4j.rl.EditFormat;
import org.seal4j.rl.Executor;
import org.seal4j.rl.Learner;
import org.seal4j.rl.LoopPorts;
import org.seal4j.rl.Policy;
import org.seal4j.rl.PolicyStore;
import org.seal4j.rl.Progress;
import org.seal4j.rl.RunLog;
import org.seal4j.rl.SelfEdit;

/** Ports of a loop that is never resumed. */
final class Forgetful implements PolicyStore {

  private record MemoryLog<R>(List<R> existing) implements RunLog<R> {
    MemoryLog() {
      this(new ArrayList<>());
    }

    @Override
    public void append(R row) {
      existing.add(row);
    }
  }

  /** A bandit that reads and pays, a policy that writes, and a learner. */
  static <C extends Context, E extends SelfEdit, B extends EditFormat<C, E> & Executor<C, E>>
      LoopPorts<C, E> ports(B bandit, Policy<C> policy, Learner<C, E> learner) {
    return new LoopPorts<>(
        policy,
        bandit,
        bandit,
        learner,
        new Forgetful(),
        new MemoryLog<>(),
        new MemoryLog<>(),
        Progress.silent());
  }

  @Override
  public void save(String name, int steps) {}

  @Override
  public OptionalInt steps(String name) {
    return OptionalInt.empty();
  }

  @Override
  public boolean load(String name) {
    return false;
  }
}
