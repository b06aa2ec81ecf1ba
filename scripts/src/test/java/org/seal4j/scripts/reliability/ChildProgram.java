package org.seal4j.scripts.reliability;

import java.nio.file.Path;
import java.util.Arrays;

/** The product as a process of its own with a home of the tests: home, then a command line. */
final class ChildProgram {
  private ChildProgram() {}

  public static void main(String[] args) {
    Object[] line = Arrays.copyOfRange(args, 1, args.length, Object[].class);
    Product.Said said = Product.at(Path.of(args[0])).run(line);
    System.out.print(said.out());
    System.err.print(said.err());
    System.exit(said.exitCode());
  }
}
