package org.seal4j.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table in text, to be kept and compared.
 *
 * @param name of the file, as it lies in the folder of a run
 * @param sha256 of all columns and cells in order
 * @param columns with their types
 * @param rows cells as they are listed: long ones are cut and end with a hash of the whole
 */
record ListedTable(String name, String sha256, List<String> columns, List<List<String>> rows) {
  private static final String TABLE = "table ";
  private static final int LONGEST = 24;

  /** A table of these cells in full. */
  static ListedTable of(String name, List<String> columns, List<List<String>> cells) {
    MessageDigest digest = newDigest();
    columns.forEach(column -> update(digest, column));
    cells.forEach(row -> row.forEach(cell -> update(digest, cell)));
    List<List<String>> rows =
        cells.stream().map(row -> row.stream().map(ListedTable::listed).toList()).toList();
    return new ListedTable(name, hex(digest.digest(), 32), columns, rows);
  }

  private static String listed(String cell) {
    StringBuilder line = new StringBuilder();
    for (char c : cell.toCharArray()) {
      boolean plain = c >= ' ' && c <= '~' && c != '\\';
      line.append(plain ? String.valueOf(c) : "\\u%04x".formatted((int) c));
    }
    if (line.length() <= LONGEST) {
      return line.toString();
    }
    byte[] hash = newDigest().digest(cell.getBytes(StandardCharsets.UTF_8));
    return line.substring(0, 12) + ".." + hex(hash, 5);
  }

  /** All tables as they are kept. */
  static String text(List<ListedTable> tables) {
    StringBuilder text = new StringBuilder();
    for (ListedTable table : tables) {
      text.append(TABLE).append(table.name).append(' ').append(table.sha256).append('\n');
      text.append(String.join("\t", table.columns)).append('\n');
      table.rows.forEach(row -> text.append('\t').append(String.join("\t", row)).append('\n'));
    }
    return text.toString();
  }

  static List<ListedTable> parse(Path file) throws IOException {
    List<ListedTable> tables = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); ) {
      String[] head = lines.get(i++).split(" ");
      List<String> columns = cells(lines.get(i++));
      List<List<String>> rows = new ArrayList<>();
      while (i < lines.size() && lines.get(i).startsWith("\t")) {
        rows.add(cells(lines.get(i++).substring(1)));
      }
      tables.add(new ListedTable(head[1], head[2], columns, rows));
    }
    return tables;
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }

  /** One sentence for each table, column or cell that is not as expected. */
  static List<String> differences(List<ListedTable> expected, List<ListedTable> got) {
    Map<String, ListedTable> found = new LinkedHashMap<>();
    got.forEach(table -> found.put(table.name, table));
    List<String> differences = new ArrayList<>();
    for (ListedTable table : expected) {
      ListedTable now = found.remove(table.name);
      if (now == null) {
        differences.add("table %s is missing".formatted(table.name));
      } else if (!now.sha256.equals(table.sha256)) {
        table.compare(now, differences);
      }
    }
    found.keySet().forEach(name -> differences.add("table %s is new".formatted(name)));
    return differences;
  }

  private void compare(ListedTable now, List<String> differences) {
    int before = differences.size();
    if (!now.columns.equals(columns)) {
      differences.add(
          "table %s: columns expected %s, got %s".formatted(name, columns, now.columns));
      return;
    }
    if (now.rows.size() != rows.size()) {
      differences.add(
          "table %s: expected %d rows, got %d".formatted(name, rows.size(), now.rows.size()));
    }
    for (int r = 0; r < Math.min(rows.size(), now.rows.size()); r++) {
      for (int c = 0; c < columns.size(); c++) {
        String was = rows.get(r).get(c);
        String is = now.rows.get(r).get(c);
        if (!was.equals(is)) {
          differences.add(
              "table %s, row %d, column %s: expected '%s', got '%s'"
                  .formatted(name, r, columns.get(c), was, is));
        }
      }
    }
    if (differences.size() == before) {
      differences.add("table %s: expected SHA-256 %s, got %s".formatted(name, sha256, now.sha256));
    }
  }

  /** The length stands before the text, so that no two lists of cells share a form. */
  private static void update(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  static String hex(byte[] hash, int bytes) {
    return HexFormat.of().formatHex(hash, 0, bytes);
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
