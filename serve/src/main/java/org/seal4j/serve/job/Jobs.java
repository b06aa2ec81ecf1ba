package org.seal4j.serve.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.seal4j.serve.access.Caller;

/** All that is being done, in the order of its requests. For any number of threads. */
public final class Jobs {
  private final Map<String, Job> running = new ConcurrentSkipListMap<>();

  /** Does one, which is shown meanwhile. */
  public void run(Job job, Runnable work) {
    running.put(job.id(), job);
    try {
      work.run();
    } finally {
      running.remove(job.id());
    }
  }

  /** Those of a caller. */
  public List<Job> of(Caller caller) {
    return running.values().stream().filter(job -> job.caller().equals(caller)).toList();
  }

  /** The one of a caller with this id. */
  public Optional<Job> find(String id, Caller caller) {
    return Optional.ofNullable(running.get(id)).filter(job -> job.caller().equals(caller));
  }
}
