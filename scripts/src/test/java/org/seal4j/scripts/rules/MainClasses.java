package org.seal4j.scripts.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.ref.SoftReference;

/** The classes of all modules without those of tests, from folders as from jars. */
final class MainClasses {
  private static SoftReference<JavaClasses> read = new SoftReference<>(null);

  private MainClasses() {}

  /** Reads them, once a process while memory allows. */
  static synchronized JavaClasses read() {
    JavaClasses known = read.get();
    if (known == null) {
      known =
          new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .withImportOption(location -> !location.contains("-tests.jar"))
              .importPackages("org.seal4j");
      read = new SoftReference<>(known);
    }
    return known;
  }
}
