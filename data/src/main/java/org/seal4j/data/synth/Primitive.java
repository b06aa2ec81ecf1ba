package org.seal4j.data.synth;

/**
 * A rule with a name and the inputs that suit it: the unit from which families are composed.
 *
 * @param name short and stable; parts of a composition are joined by {@code +}, the first acts
 *     first
 */
record Primitive(String name, CellNoise inputs, Rule rule) {

  /** This rule and then the other. */
  Primitive then(Primitive next) {
    return new Primitive(
        name + "+" + next.name, inputs.and(next.inputs), new Composition(rule, next.rule));
  }
}
