/**
 * Models from a Hugging Face hub: names such as {@code hf:OWNER/NAME@revision}, the cache folder
 * that Python's huggingface_hub uses as well, and a client that fetches into it.
 *
 * <p>Entry types: {@link org.seal4j.data.hub.HubPath} where a model is named, {@link
 * org.seal4j.data.hub.HubFetch} where one is fetched. May not be imported here: tensors, tables,
 * and any other data package but {@code check}, {@code file} and {@code json}. Nothing here uses
 * the network but {@code HubFetch}.
 */
@Experimental
@NullMarked
package org.seal4j.data.hub;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
