/**
 * The grid domain (ARC): the task as context, the self-edit that configures one test-time training,
 * its two written forms (strict JSON, configuration symbols), the policy that writes it, the
 * training set it asks for, and the examination on the hidden grid.
 *
 * <p>Entry types: {@link org.seal4j.rl.grid.EditSchema} (which edits exist), {@link
 * org.seal4j.rl.grid.GridLanguage} (tokens) and {@link org.seal4j.rl.grid.GridDomain}; {@link
 * org.seal4j.rl.grid.GridSolver} solves tasks with a trained policy. May not be imported here:
 * {@code rl.passage}, {@code rl.journal}, {@code rl.teacher}, Arrow.
 */
@Experimental
@NullMarked
package org.seal4j.rl.grid;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
