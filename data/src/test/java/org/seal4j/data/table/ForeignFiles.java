package org.seal4j.data.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow files as other programs write them, in one batch or several. */
final class ForeignFiles {
  private final Map<String, ArrowType> columns = new LinkedHashMap<>();
  private final Map<String, ArrowType.Int> indexes = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private int batches = 1;

  ForeignFiles column(String name, ArrowType type) {
    columns.put(name, type);
    return this;
  }

  /** A column of numbers of this type into a dictionary of texts. */
  ForeignFiles dictionary(String name, ArrowType texts, ArrowType.Int index) {
    indexes.put(name, index);
    return column(name, texts);
  }

  ForeignFiles metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  ForeignFiles batches(int count) {
    batches = count;
    return this;
  }

  /** Writes the same rows in each batch, their texts by column; other types stay empty. */
  Path write(Path file, List<Map<String, String>> rows) throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        MapDictionaryProvider dictionaries = new MapDictionaryProvider()) {
      List<FieldVector> vectors = new ArrayList<>();
      for (Map.Entry<String, ArrowType> column : columns.entrySet()) {
        FieldVector texts = filled(column.getKey(), column.getValue(), rows, memory);
        ArrowType.Int index = indexes.get(column.getKey());
        vectors.add(index == null ? texts : encoded(texts, index, dictionaries, memory));
      }
      List<Field> fields = vectors.stream().map(FieldVector::getField).toList();
      try (VectorSchemaRoot root =
              new VectorSchemaRoot(new Schema(fields, metadata), vectors, rows.size());
          FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE,
                  StandardOpenOption.TRUNCATE_EXISTING);
          ArrowFileWriter writer = new ArrowFileWriter(root, dictionaries, channel)) {
        for (int i = 0; i < batches; i++) {
          writer.writeBatch();
        }
        writer.end();
      }
    }
    return file;
  }

  private static FieldVector filled(
      String name, ArrowType type, List<Map<String, String>> rows, BufferAllocator memory) {
    List<Field> children =
        type.isComplex()
            ? List.of(Field.nullable("item", ArrowType.Utf8.INSTANCE))
            : List.<Field>of();
    FieldVector vector = new Field(name, FieldType.nullable(type), children).createVector(memory);
    vector.allocateNew();
    for (int r = 0; r < rows.size(); r++) {
      String text = rows.get(r).get(name);
      byte[] bytes = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
      if (bytes != null && vector instanceof VarCharVector strings) {
        strings.setSafe(r, bytes);
      } else if (bytes != null && vector instanceof LargeVarCharVector strings) {
        strings.setSafe(r, bytes);
      } else if (bytes != null && vector instanceof ViewVarCharVector strings) {
        strings.setSafe(r, bytes);
      }
    }
    vector.setValueCount(rows.size());
    return vector;
  }

  private static FieldVector encoded(
      FieldVector texts, ArrowType.Int index, MapDictionaryProvider into, BufferAllocator memory) {
    List<Map<String, String>> distinct = new ArrayList<>();
    for (int r = 0; r < texts.getValueCount(); r++) {
      Object text = texts.getObject(r);
      if (text != null && !distinct.contains(Map.of(texts.getName(), text.toString()))) {
        distinct.add(Map.of(texts.getName(), text.toString()));
      }
    }
    FieldVector entries = filled(texts.getName(), texts.getField().getType(), distinct, memory);
    Dictionary dictionary =
        new Dictionary(
            entries, new DictionaryEncoding(into.getDictionaryIds().size() + 1L, false, index));
    into.put(dictionary);
    try (texts) {
      return (FieldVector) DictionaryEncoder.encode(texts, dictionary);
    }
  }
}
