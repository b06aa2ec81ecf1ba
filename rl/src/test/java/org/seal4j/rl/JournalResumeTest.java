package org.seal4j.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.seed.Rng;
import org.seal4j.data.seed.Seeds;
import org.seal4j.rl.grid.FewShotEdit;
import org.seal4j.rl.journal.Journal;
import org.seal4j.rl.restem.TopPerTask;

/** The resume law on real files. */
class JournalResumeTest {
  private static final long FOREVER = Long.MAX_VALUE;

  @TempDir Path temp;

  private static void run(ToyWorld world, Journal journal) {
    SealLoop<ToyWorld.Task, FewShotEdit> loop =
        world.loop(
            new SealLoopConfig(2, 2, 1, new TopPerTask(1)), 5, journal.edits(), journal.learning());
    List<ToyWorld.Task> heldOut = ToyWorld.tasks("held-out", 2);
    loop.run(
        round -> ToyWorld.tasks("round-" + round, 2),
        round -> loop.evaluate("after", heldOut, EditSource.policy(), 1));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(temp.resolve(name));
  }

  private static void copy(String file, Path from, Path to, int lost) throws IOException {
    byte[] bytes = Files.readAllBytes(from.resolve(file));
    Files.write(to.resolve(file), Arrays.copyOf(bytes, Math.max(0, bytes.length - lost)));
  }

  private static void assertSameBytes(Path folder, Path expected) {
    for (String file : List.of(Journal.EDITS_FILE, Journal.LEARNING_FILE)) {
      assertThat(folder.resolve(file)).hasSameBinaryContentAs(expected.resolve(file));
    }
  }

  @Test
  @Tag("slow")
  void a_killed_run_leaves_the_same_files_when_it_is_continued() throws IOException {
    Path expected = folder("undisturbed");
    ToyWorld whole = new ToyWorld(new ToyWorld.Disk(), .3, FOREVER);
    try (Journal journal = Journal.open(expected)) {
      run(whole, journal);
    }
    Rng rng = Seeds.of(Long.getLong("seal.test.seed", 51)).child("kills").rng();
    for (int trial = 0; trial < 5; trial++) {
      long life = rng.nextInt((int) (FOREVER - whole.life()));
      ToyWorld.Disk disk = new ToyWorld.Disk();
      Path dead = folder("dead-" + trial);
      Path revived = folder("revived-" + trial);
      try (Journal journal = Journal.open(dead)) {
        assertThatThrownBy(() -> run(new ToyWorld(disk, .3, life), journal))
            .isInstanceOf(ToyWorld.Killed.class);
        // what the disk holds while the logs are still open is what a kill leaves
        copy(Journal.LEARNING_FILE, dead, revived, 0);
        int torn = rng.nextBoolean() ? rng.nextInt(3_000) : 0;
        copy(Journal.EDITS_FILE, dead, revived, torn);
      }
      try (Journal journal = Journal.open(revived)) {
        run(new ToyWorld(disk, .3, FOREVER), journal);
      }
      assertSameBytes(revived, expected);
    }
  }
}
