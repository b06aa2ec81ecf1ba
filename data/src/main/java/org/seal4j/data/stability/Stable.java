package org.seal4j.data.stability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type whose public and protected members stay source and binary compatible until the next major
 * version. What is to go is deprecated for at least one minor version before.
 *
 * <p>The promise is made for single types, never for a whole package, and wins over an {@link
 * Experimental} package. It covers the types that are nested directly in the marked one. The build
 * compares the marked types with those of the last release and fails where one breaks.
 */
@Stable
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Stable {}
