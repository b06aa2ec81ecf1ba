package org.seal4j.data.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seal4j.data.check.InputException;
import org.seal4j.data.document.DocumentSet.ReadFile;
import org.seal4j.data.file.ContentHash;

/** Folders, names, and what cannot be read. */
class DocumentsTest {
  private static final DocumentLimits LIMITS = DocumentLimits.defaults();

  @TempDir Path folder;

  @Test
  void a_folder_is_read_in_the_order_of_names_without_what_is_hidden() throws IOException {
    write("b/Two_words.txt", "Second.");
    write("a.md", "First.");
    write("b.txt", "Between.");
    write(".hidden.txt", "No.");
    write(".git/x.txt", "No.");
    DocumentSet set = Documents.read(List.of(folder), LIMITS);
    assertThat(set.passages())
        .extracting(DocumentPassage::id)
        .containsExactly("a.md/1", "b.txt/1", "b/Two_words.txt/1");
    assertThat(set.passages().get(2))
        .isEqualTo(
            new DocumentPassage(
                "b/Two_words.txt/1", "Two words", "Second.", "b/Two_words.txt, line 1", List.of()));
    assertThat(set.leftOut()).isEmpty();
    assertThat(set.files().get(0)).isEqualTo(new ReadFile("a.md", ContentHash.ofText("First.")));
    assertThat(set.sha256()).isEqualTo(Documents.read(List.of(folder), LIMITS).sha256());
    write("b.txt", "Between!");
    assertThat(set.sha256()).isNotEqualTo(Documents.read(List.of(folder), LIMITS).sha256());
  }

  @Test
  void what_cannot_be_read_in_a_folder_is_left_out_by_name_and_the_rest_goes_on()
      throws IOException {
    write("good.txt", "Words.");
    write("report.docx", "PK\3\4 and more");
    write("empty.txt", "");
    write("blank.md", " \n\n ");
    Files.write(folder.resolve("binary.txt"), new byte[] {'a', 'b', 1, 2, 0, 3});
    Files.write(folder.resolve("latin.txt"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    write("renamed.txt", "%PDF-1.7 x");
    write("rows.jsonl", "{\"text\": 3}");
    DocumentSet set = Documents.read(List.of(folder), LIMITS);
    assertThat(set.passages()).extracting(DocumentPassage::text).containsExactly("Words.");
    assertThat(set.files()).extracting(ReadFile::name).containsExactly("good.txt");
    assertThat(set.leftOut())
        .extracting(LeftOut::toString)
        .containsExactly(
            "binary.txt: is binary, not a text: byte 4 of it is zero",
            "blank.md: holds nothing but blanks",
            "empty.txt: is empty",
            "latin.txt: is not UTF-8 text: in line 1, byte 3 (0xE9) begins no character; save it as"
                + " UTF-8",
            "renamed.txt: is a PDF by its first bytes, not a text; give it the ending of what it is",
            "report.docx: is of no kind that is read; read are files that end in txt, text, md,"
                + " markdown, html, htm, xhtml, pdf, csv, jsonl, json",
            "rows.jsonl: line 1/text is 3; expected a text");
  }

  @Test
  void a_file_that_was_named_is_refused_instead() throws IOException {
    Path file = write("empty.txt", "");
    assertThatThrownBy(() -> Documents.read(List.of(file), LIMITS))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " is empty");
    Path word = write("a.docx", "x");
    assertThatThrownBy(() -> Documents.read(List.of(word), LIMITS))
        .hasMessageContaining("a.docx is of no kind that is read; read are files that end in txt,");
    Path nothing = folder.resolve("nothing.txt");
    assertThatThrownBy(() -> Documents.read(List.of(nothing), LIMITS))
        .hasMessage(nothing + " is not there; name a file or a folder");
  }

  @Test
  void a_folder_with_nothing_to_read_is_refused() throws IOException {
    assertThatThrownBy(() -> Documents.read(List.of(folder), LIMITS))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "nothing can be read in " + folder + ": there are no files; read are");
    write("a.docx", "x");
    write("b.txt", "");
    assertThatThrownBy(() -> Documents.read(List.of(folder), LIMITS))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("all 2 files were left out, the first: a.docx: is of no kind");
  }

  @Test
  void a_file_of_a_gigabyte_is_not_opened() throws IOException {
    Path file = folder.resolve("large.txt");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 30);
    }
    assertThatThrownBy(() -> Documents.read(List.of(file), LIMITS))
        .isInstanceOf(InputException.class)
        .hasMessage(file + " has 1073741824 bytes; a file of this kind has at most 67108864");
  }

  @Test
  void all_files_together_and_their_number_have_limits() throws IOException {
    write("a.txt", "Words and words.");
    write("b.txt", "Words and more words.");
    write("c.txt", "More.");
    assertThatThrownBy(() -> Documents.read(List.of(folder), LIMITS.withAllBytes(30)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("more than 30 bytes together");
    assertThatThrownBy(() -> Documents.read(List.of(folder), LIMITS.withFiles(2)))
        .isInstanceOf(InputException.class)
        .hasMessage(folder + " has more than 2 files; give a smaller folder");
  }

  @Test
  @Tag("slow")
  void one_endless_line_is_refused() throws IOException {
    for (String name : List.of("line.txt", "line.md", "line.html")) {
      Path file = write(name, "Begin.\n\n" + "x".repeat(2_000_000));
      assertThatThrownBy(() -> Documents.read(List.of(file), LIMITS))
          .isInstanceOf(InputException.class)
          .hasMessageMatching(
              "%s: line \\d has 2000000 characters without a blank or a line break; a text has at most 5000"
                  .formatted(Pattern.quote(file.toString())));
    }
  }

  @Test
  void utf_16_with_its_mark_is_read_and_without_it_refused() throws IOException {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      Path file = folder.resolve("wide.txt");
      Files.write(file, "\uFEFFGr\u00fc\u00dfe.".getBytes(charset));
      assertThat(read(file)).extracting(DocumentPassage::text).containsExactly("Gr\u00fc\u00dfe.");
      Files.write(file, "A plain text.".getBytes(charset));
      assertThatThrownBy(() -> Documents.read(List.of(file), LIMITS))
          .hasMessage(file + " is UTF-16 or UTF-32 without its mark; save it as UTF-8");
    }
    Path file = write("mark.txt", "\uFEFFMarked.");
    assertThat(read(file)).extracting(DocumentPassage::text).containsExactly("Marked.");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0, 0, (byte) 0xD8});
    assertThatThrownBy(() -> Documents.read(List.of(file), LIMITS))
        .hasMessageContaining("begins as UTF-16 text but holds what is no character of it");
  }

  @Test
  void files_of_one_name_keep_both_under_the_names_of_their_folders() throws IOException {
    write("x/notes.txt", "One.");
    write("y/notes.txt", "Two.");
    write("y/more.txt", "Three.");
    List<Path> given = List.of(folder.resolve("x"), folder.resolve("y"));
    assertThat(Documents.read(given, LIMITS).passages())
        .extracting(DocumentPassage::id)
        .containsExactly("x/notes.txt/1", "more.txt/1", "y/notes.txt/1");
    List<Path> files = List.of(folder.resolve("x/notes.txt"), folder.resolve("y/notes.txt"));
    assertThat(Documents.read(files, LIMITS).passages())
        .extracting(DocumentPassage::id)
        .containsExactly("x/notes.txt/1", "y/notes.txt/1");
  }

  @Test
  void a_file_that_is_given_twice_is_read_once() throws IOException {
    Path file = write("a.txt", "Words.");
    DocumentSet set = Documents.read(List.of(folder, file), LIMITS);
    assertThat(set.files()).hasSize(1);
    assertThat(set.notes()).isEmpty();
  }

  @Test
  void the_same_text_in_two_files_is_one_passage() throws IOException {
    write("a.txt", "The same\nwords.");
    write("b.md", "# Copy\n\nThe  same words.\n");
    DocumentSet set = Documents.read(List.of(folder), LIMITS);
    assertThat(set.passages()).extracting(DocumentPassage::id).containsExactly("a.txt/1");
    assertThat(set.notes())
        .containsExactly(
            "b.md: 1 of 1 passages have the text of an earlier one and were left out (b.md/1 is"
                + " a.txt/1)");
  }

  @Test
  void links_out_of_the_folder_are_not_followed() throws IOException {
    Path outside = write("outside/secret.txt", "Secret.");
    Path inside = Files.createDirectories(folder.resolve("texts"));
    write("texts/a.txt", "Words.");
    try {
      Files.createSymbolicLink(inside.resolve("b.txt"), outside);
      Files.createSymbolicLink(inside.resolve("c"), inside);
      Files.createSymbolicLink(inside.resolve("d.txt"), inside.resolve("gone.txt"));
      Files.createSymbolicLink(inside.resolve("e.txt"), inside.resolve("a.txt"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "this file system makes no links");
    }
    DocumentSet set = Documents.read(List.of(inside), LIMITS);
    assertThat(set.passages()).extracting(DocumentPassage::text).containsExactly("Words.");
    assertThat(set.leftOut())
        .extracting(LeftOut::toString)
        .containsExactly(
            "b.txt: a link out of the folder, which is not followed; copy the file into it",
            "c: a link to a folder, which is not followed",
            "d.txt: a link to nothing");
  }

  @Test
  void the_order_in_which_files_were_made_does_not_matter() throws IOException {
    List<String> names =
        new ArrayList<>(List.of("a.txt", "B.txt", "a b.txt", "\u00e4.txt", "a/z.txt"));
    List<List<DocumentPassage>> read = new ArrayList<>();
    for (int turn = 0; turn < 2; turn++) {
      Path root = folder.resolve("turn" + turn);
      for (String name : names) {
        write("turn" + turn + "/" + name, "Text of " + name);
      }
      read.add(Documents.read(List.of(root), LIMITS).passages());
      Collections.reverse(names);
    }
    assertThat(read.get(0)).isEqualTo(read.get(1)).hasSize(5);
  }

  @Test
  void a_first_line_that_the_file_is_called_is_its_title_and_no_text() throws IOException {
    DocumentPassage passage =
        read(write("frederic-chopin.txt", "Frederic Chopin!\n\nHe wrote mazurkas.")).get(0);
    assertThat(passage.title()).isEqualTo("Frederic Chopin!");
    assertThat(passage.text()).isEqualTo("He wrote mazurkas.");
    assertThat(passage.source()).isEqualTo("frederic-chopin.txt, line 3");
    DocumentPassage alone = read(write("pump.txt", "Pump")).get(0);
    assertThat(alone.text()).as("a file that has no more").isEqualTo("Pump");
    DocumentPassage other = read(write("b.txt", "Notes\n\nHe wrote.")).get(0);
    assertThat(other.title()).isEqualTo("b");
    assertThat(other.text()).isEqualTo("Notes\n\nHe wrote.");
  }

  private List<DocumentPassage> read(Path file) {
    return Documents.read(List.of(file), LIMITS).passages();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
