package org.seal4j.data.world;

/**
 * Somebody of the invented world.
 *
 * @param first one word
 * @param last one word
 * @param pronoun {@code He} or {@code She}, decided by the first name
 */
public record Person(String first, String last, String pronoun) {
  /** First and last name. */
  public String name() {
    return first + " " + last;
  }
}
