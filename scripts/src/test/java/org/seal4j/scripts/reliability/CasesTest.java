package org.seal4j.scripts.reliability;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every collected case of {@code ../shared/cases} gives the right answer that its {@code cmd}
 * names. Keys that have been renamed since are written in today's words; the two run folders are
 * made anew by the same damage.
 */
@Tag("slow")
@Timeout(900)
class CasesTest {
  @TempDir static Path temp;

  /** What a group of cases needs, and where it puts its tests. */
  static final class Room {
    final Path cases;
    final Path temp;
    final Product product;
    private final List<DynamicContainer> groups = new ArrayList<>();

    Room(Path cases, Path temp) {
      this.cases = cases;
      this.temp = temp;
      this.product = Product.at(temp.resolve("home"));
    }

    /** The tests of one case. */
    Group group(String name) {
      return new Group(this, name);
    }
  }

  /** One case: its folder and its tests. */
  static final class Group {
    final Path folder;
    final Path temp;
    private final Room room;
    private final String name;
    private final List<DynamicNode> tests = new ArrayList<>();

    private Group(Room room, String name) {
      this.room = room;
      this.name = name;
      this.folder = room.cases.resolve(name.split(" ")[0]);
      this.temp = room.temp.resolve(name.replace(' ', '-'));
    }

    Group test(String sentence, Executable body) {
      tests.add(dynamicTest(sentence, body));
      return this;
    }

    void end() {
      room.groups.add(dynamicContainer(name, tests));
    }
  }

  @TestFactory
  List<DynamicContainer> every_case_gives_the_right_answer() {
    Room room = new Room(Cases.orSkip(), temp);
    Cases.model();
    CommandLineCases.addTo(room);
    TokenizerCases.addTo(room);
    ModelCases.addTo(room);
    AdapterCases.addTo(room);
    TableCases.addTo(room);
    RunCases.addTo(room);
    HostileCases.addTo(room);
    return room.groups;
  }
}
