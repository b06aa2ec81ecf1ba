/**
 * Checks of input: one clear sentence that says what was got, what was expected, where, and how to
 * mend it.
 *
 * <p>{@link org.seal4j.data.check.NamedServices} finds what a recipe names and refuses what is not
 * there; {@link org.seal4j.data.check.UntrustedPattern} matches regular expressions from strangers'
 * files within limits. Entry types: {@link org.seal4j.data.check.Checks} and the exception it
 * throws, {@link org.seal4j.data.check.InputException}. Imports nothing of ours.
 */
@Experimental
@NullMarked
package org.seal4j.data.check;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
