/**
 * What tests of graphs need: a bench of random inputs, gradients against differences, the three
 * ways to run a graph against each other. Travels as the test-jar of this module.
 */
package org.seal4j.model.testing;
