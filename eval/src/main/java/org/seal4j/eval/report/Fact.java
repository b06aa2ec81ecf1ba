package org.seal4j.eval.report;

/** One line of "name: value". */
public record Fact(String name, String value) {}
