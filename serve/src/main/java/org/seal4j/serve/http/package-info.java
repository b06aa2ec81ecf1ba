/**
 * HTTP as the server needs it, and no more: requests that are checked for size and form, answers
 * whole or piece by piece, one form of errors. Entry types: {@link org.seal4j.serve.http.Routes},
 * which says who answers what, and {@link org.seal4j.serve.http.HttpPort}, which listens.
 *
 * <p>{@code HttpPort} alone knows the server of the JDK, so that another one can take its place.
 * May not be imported here: models, adapters, and other packages of the server.
 */
@NullMarked
@Experimental
package org.seal4j.serve.http;

import org.jspecify.annotations.NullMarked;
import org.seal4j.data.stability.Experimental;
