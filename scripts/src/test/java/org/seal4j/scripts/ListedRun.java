package org.seal4j.scripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;

/**
 * What a run leaves, as tables: rows of Arrow files, tensors of safetensors files, the key of the
 * pretrained model. Files are read by the format alone, so that nothing here changes when classes
 * of the product are renamed.
 */
final class ListedRun {
  private static final JsonMapper JSON = new JsonMapper();

  private ListedRun() {}

  /**
   * All tables by name.
   *
   * @param run the folder of the run
   * @param cache where its pretrained model lies; may be missing
   * @param folders placeholders by the folders whose paths they stand for
   */
  static List<ListedTable> of(Path run, Path cache, Map<String, Path> folders) throws IOException {
    Map<String, ListedTable> tables = new TreeMap<>();
    for (Path file : files(run)) {
      String name = run.relativize(file).toString().replace('\\', '/');
      if (name.endsWith(".arrow") || name.endsWith(".arrows")) {
        tables.put(name, arrow(name, Files.readAllBytes(file)));
      } else if (name.endsWith(".safetensors")) {
        tables.put(name, tensors(name, Files.readAllBytes(file)));
      }
    }
    for (Path file : Files.exists(cache) ? files(cache) : List.<Path>of()) {
      String name = "pretrained/" + file.getFileName();
      if (name.endsWith(".safetensors")) {
        tables.put(name, tensors(name, Files.readAllBytes(file)));
      } else if (name.endsWith("/key.json")) {
        tables.put(name, key(name, file, folders));
      }
    }
    return List.copyOf(tables.values());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static ListedTable key(String name, Path file, Map<String, Path> folders)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    // what computes the model differs by machine and build
    for (JsonNode part : JSON.readTree(Files.readString(file)).path("recipe")) {
      String text = part.asText();
      for (Map.Entry<String, Path> folder : folders.entrySet()) {
        text = text.replace(folder.getValue().toString(), folder.getKey());
      }
      rows.add(List.of(text));
    }
    return ListedTable.of(name, List.of("part"), rows);
  }

  private static ListedTable arrow(String name, byte[] bytes) throws IOException {
    try (RootAllocator memory = new RootAllocator();
        ArrowReader reader =
            name.endsWith("s")
                ? new ArrowStreamReader(new ByteArrayInputStream(bytes), memory)
                : new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), memory)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      List<String> columns = root.getSchema().getFields().stream().map(ListedRun::column).toList();
      List<List<String>> rows = new ArrayList<>();
      while (reader.loadNextBatch()) {
        for (int r = 0; r < root.getRowCount(); r++) {
          List<String> row = new ArrayList<>();
          for (FieldVector vector : root.getFieldVectors()) {
            row.add(vector.isNull(r) ? "(null)" : vector.getObject(r).toString());
          }
          rows.add(row);
        }
      }
      return ListedTable.of(name, columns, rows);
    }
  }

  private static String column(Field field) {
    return field.getName() + ":" + field.getType() + (field.isNullable() ? "?" : "");
  }

  /** A row for each tensor; the header starts with its own length (safetensors format). */
  private static ListedTable tensors(String name, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(buffer.getLong());
    JsonNode entries = JSON.readTree(bytes, Long.BYTES, header);
    Map<String, List<String>> rows = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        JsonNode tensor = entry.getValue();
        int from = tensor.path("data_offsets").get(0).asInt();
        int to = tensor.path("data_offsets").get(1).asInt();
        MessageDigest digest = ListedTable.newDigest();
        digest.update(bytes, Long.BYTES + header + from, to - from);
        rows.put(
            entry.getKey(),
            List.of(
                entry.getKey(),
                tensor.path("dtype").asText() + tensor.path("shape"),
                ListedTable.hex(digest.digest(), 12)));
      }
    }
    return ListedTable.of(name, List.of("tensor", "type", "sha256"), List.copyOf(rows.values()));
  }
}
