package org.seal4j.data.arc;

/** One worked example of a grid task. */
public record GridPair(Grid input, Grid output) {}
