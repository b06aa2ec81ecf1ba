package org.seal4j.data.world;

/**
 * Something that is so in the world.
 *
 * @param person of whom
 * @param attribute what
 * @param value one of the attribute's values
 */
public record Fact(Person person, Attribute attribute, String value) {
  /** With the full name in the plain wording. */
  public String statement() {
    return attribute.statement(0, person.name(), value);
  }

  /** Question as self-edits write it, and answer: one line. */
  public String questionAndAnswer() {
    return attribute.question(person.name()) + " " + value;
  }
}
