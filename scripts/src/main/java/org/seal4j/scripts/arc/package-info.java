/**
 * The main job, recipe kind {@code arc}: pretrains a small transformer on procedural grid tasks,
 * lets it write self-edits for tasks it has never seen, applies each with a LoRA inner loop,
 * reinforces the good ones over some rounds, and evaluates on held-out tasks.
 *
 * <p>Entry type: {@link org.seal4j.scripts.arc.ArcExperiment}, the run from top to bottom; {@link
 * org.seal4j.scripts.arc.ArcKeys} is the tree of keys; {@link org.seal4j.scripts.arc.KeptModel} is
 * what a run leaves for tasks of a person's own. May not be imported here: the command line.
 */
@NullMarked
package org.seal4j.scripts.arc;

import org.jspecify.annotations.NullMarked;
