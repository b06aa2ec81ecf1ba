/**
 * The commands of {@code seal}, one class each, on picocli; and how they fail: one sentence on the
 * error stream, exit code 2 for bad input, 1 for a fault of the program.
 *
 * <p>Entry type: {@link org.seal4j.scripts.cli.Seal}. Knows no kind of recipe by itself.
 */
@NullMarked
package org.seal4j.scripts.cli;

import org.jspecify.annotations.NullMarked;
