package org.seal4j.scripts.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wrapper stands in for the default file system of a whole JVM, jars included. */
class TrippingFileSystemsTest {
  @TempDir private Path temp;

  @Test
  void a_path_is_a_file_too_so_that_jars_are_read() throws IOException {
    Path jar = temp.resolve("some.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("a"));
    }
    FileSystem real = FileSystems.getDefault();
    Path wrapped = new TrippingFileSystems(real.provider()).wrap(temp).resolve("some.jar");
    assertThat(wrapped.getFileSystem()).isNotSameAs(real);
    try (JarFile read = new JarFile(wrapped.toFile())) {
      assertThat(read.getEntry("a")).isNotNull();
    }
  }
}
