/**
 * One vocabulary of keys: the groups that the recipes of several kinds share, each a record whose
 * components are its keys. {@code inner.lora.rank} of a recipe is {@code InnerKeys.lora().rank()},
 * in every kind.
 *
 * <p>A kind's own record is made of these and of groups of its own. May not be imported here:
 * {@code rl.experiment}, a domain.
 */
@Experimental
@NullMarked
package org.seal4j.rl.keys;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
