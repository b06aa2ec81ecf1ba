/**
 * What every run needs: named random seeds, input checks, and the record of how a run was made.
 *
 * <p>Entry types: {@link org.seal4j.data.run.Seeds} (one root seed, named child seeds), {@link
 * org.seal4j.data.run.Checks} (one clear sentence for bad input), {@link
 * org.seal4j.data.run.AtomicFile} (a file is whole or it is not there), {@link
 * org.seal4j.data.run.ContentHash} (which data it was), {@link org.seal4j.data.run.Json} (records
 * as strict JSON files), {@link org.seal4j.data.run.RunManifest} (how a run was made). Nothing here
 * knows Arrow or ND4J.
 */
@NullMarked
package org.seal4j.data.run;

import org.jspecify.annotations.NullMarked;
