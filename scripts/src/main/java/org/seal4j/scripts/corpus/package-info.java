/**
 * The kind {@code corpus}: how the knowledge of many passages is best kept. An adapter is trained
 * for each passage; then methods are compared at several sizes of the corpus: routed adapters, one
 * adapter for all, merged adapters, and passages that are found and put into the prompt.
 *
 * <p>Entry type: {@link org.seal4j.scripts.corpus.CorpusExperiment}. May not be imported here: the
 * command line.
 */
@NullMarked
package org.seal4j.scripts.corpus;

import org.jspecify.annotations.NullMarked;
