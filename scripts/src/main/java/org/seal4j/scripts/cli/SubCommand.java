package org.seal4j.scripts.cli;

import java.util.concurrent.Callable;

/**
 * A command that a jar on the class path adds to {@code seal}: a class with picocli's
 * {@code @Command(name = "...")} and a public constructor without arguments, named in {@code
 * META-INF/services/org.seal4j.scripts.cli.SubCommand}. Returns the exit code: 0 done, 2 for bad
 * input, which an {@link org.seal4j.data.check.InputException} gives by itself.
 */
public interface SubCommand extends Callable<Integer> {}
