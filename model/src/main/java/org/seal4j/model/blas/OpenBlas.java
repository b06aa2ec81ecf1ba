package org.seal4j.model.blas;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Asks an OpenBLAS that is loaded which kernels it took: its variable {@code gotoblas} points to
 * the table of their functions, and each table has a name of its own.
 */
final class OpenBlas {
  private static final String TABLE = "gotoblas";

  private static final List<String> NAMES =
      List.of(
          "ATHLON",
          "BANIAS",
          "BARCELONA",
          "BOBCAT",
          "BULLDOZER",
          "COOPERLAKE",
          "COPPERMINE",
          "CORE2",
          "DUNNINGTON",
          "EXCAVATOR",
          "HASWELL",
          "KATMAI",
          "NANO",
          "NEHALEM",
          "NORTHWOOD",
          "OPTERON",
          "PENRYN",
          "PILEDRIVER",
          "PRESCOTT",
          "SANDYBRIDGE",
          "SKYLAKEX",
          "STEAMROLLER",
          "ZEN",
          "ARMV8",
          "CORTEXA53",
          "CORTEXA57",
          "CORTEXA72",
          "CORTEXA73",
          "EMAG8180",
          "FALKOR",
          "NEOVERSEN1",
          "THUNDERX",
          "THUNDERX2T99",
          "THUNDERX3T110",
          "TSV110");

  private OpenBlas() {}

  /** Whether the library is in this process. */
  static boolean isLoaded() {
    return address(TABLE) != 0;
  }

  /**
   * The kernels in use; empty where the library is not loaded, hides its tables (a build for one
   * processor has none) or has kernels that are not known here.
   */
  static Optional<String> kernels() {
    long variable = address(TABLE);
    if (variable == 0) {
      return Optional.empty();
    }
    long inUse = new LongPointer(Loader.addressof(TABLE)).get();
    return NAMES.stream().filter(name -> address(TABLE + "_" + name) == inUse).findFirst();
  }

  private static long address(String symbol) {
    try {
      Loader.load(Loader.class);
      Pointer found = Loader.addressof(symbol);
      return found == null ? 0 : found.address();
    } catch (LinkageError e) {
      return 0;
    }
  }
}
