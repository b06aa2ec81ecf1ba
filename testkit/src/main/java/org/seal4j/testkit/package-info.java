/**
 * What tests of graphs and domains of your own need. This package has assertions on graphs ({@link
 * org.seal4j.testkit.GraphAssert}); with it come the fixtures of Seal4J's own tests:
 *
 * <ul>
 *   <li>{@code org.seal4j.model.testing}: {@link org.seal4j.model.testing.Bench} (a graph with
 *       random inputs), {@link org.seal4j.model.testing.GradientCheck}, {@link
 *       org.seal4j.model.testing.TwinCheck} (a fused kernel and its stock form), {@link
 *       org.seal4j.model.testing.TinyModels}, {@link org.seal4j.model.testing.Tolerance}
 *   <li>{@code org.seal4j.rl.testing}: {@link org.seal4j.rl.testing.ScriptedPolicy}, {@link
 *       org.seal4j.rl.testing.FakeChat}
 *   <li>{@code org.seal4j.data.testing}: {@link org.seal4j.data.testing.TestSeeds} (printed seeds),
 *       random sequences, folders of grid tasks, {@link org.seal4j.data.testing.HubServer} (a
 *       Hugging Face hub that serves from memory and fails as it is told)
 * </ul>
 */
@Experimental
@NullMarked
package org.seal4j.testkit;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
