/**
 * Many small adapters over one model, one a passage, kept apart: which of them a question is for,
 * whether it is for any, and how they are stored.
 *
 * <p>Entry types: {@link org.seal4j.lora.bundle.Bundle} for the folder, {@link
 * org.seal4j.lora.bundle.BundledModel} for a model that answers with it, {@link
 * org.seal4j.lora.bundle.Router} for another way to find a passage. May not be imported here:
 * {@code org.seal4j.lora.train}. Knows nothing of recipes and runs.
 */
@Experimental
@NullMarked
package org.seal4j.lora.bundle;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
