/**
 * The command line {@code seal}: {@link org.seal4j.scripts.Main} puts the parts together and knows
 * which kinds of recipes there are. Only this module writes to the terminal.
 */
@NullMarked
package org.seal4j.scripts;

import org.jspecify.annotations.NullMarked;
