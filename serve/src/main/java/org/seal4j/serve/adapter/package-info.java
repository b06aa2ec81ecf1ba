/**
 * Adapters that are served: stored by what is in them, named by pointers that move in one step, in
 * memory while they are asked for. Entry type: {@link org.seal4j.serve.adapter.AdapterShelf}.
 *
 * <p>On disk an adapter lies in {@code FOLDER/.served/NAME/HASH/}, in the form of PEFT, and is
 * never changed; the file {@code FOLDER/.served/NAME/current} holds the hash that the name stands
 * for. The folder is its own index: a server that starts reads the pointers. Nothing else in FOLDER
 * is written: runs lie there.
 *
 * <p>May not be imported here: HTTP, and the protocol.
 */
@NullMarked
@Experimental
package org.seal4j.serve.adapter;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
