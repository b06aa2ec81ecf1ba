/**
 * The kind {@code adapt}: documents of the user become an adapter for a model of the user. The
 * model writes its own questions, an adapter is trained on its answers with the passages in front
 * of it, and the adapter is examined without them.
 *
 * <p>Entry types: {@link org.seal4j.scripts.adapt.AdaptExperiment} for recipes, {@link
 * org.seal4j.scripts.adapt.Adaptation} for programs. May not be imported here: the folders of other
 * kinds, the command line.
 */
@NullMarked
package org.seal4j.scripts.adapt;

import org.jspecify.annotations.NullMarked;
