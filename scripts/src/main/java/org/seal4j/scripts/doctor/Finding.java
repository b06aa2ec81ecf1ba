package org.seal4j.scripts.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was looked at.
 *
 * @param topic one word, such as {@code memory}
 * @param state how it stands
 * @param text one sentence; where it is not ok, with what to do or to install
 * @param figures the same for programs, by name
 */
public record Finding(String topic, State state, String text, Map<String, Object> figures) {
  public Finding {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** How a thing stands. */
  public enum State {
    /** As it should be. */
    OK,
    /** It works, and could be better. */
    ADVICE,
    /** Runs would fail or compute something wrong. */
    FAULT
  }
}
