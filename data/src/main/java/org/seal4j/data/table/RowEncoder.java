package org.seal4j.data.table;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Turns a schema and single rows into the messages of an Arrow IPC stream. */
final class RowEncoder implements AutoCloseable {
  private final TableSchema schema;
  private final BufferAllocator memory;
  private final VectorSchemaRoot columns;

  RowEncoder(TableSchema schema) {
    this.schema = schema;
    this.memory = ArrowMemory.open();
    this.columns = Batches.columns(schema, memory);
  }

  /** The message that starts the stream, without its proof. */
  byte[] header(String origin) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schemaAt = LogOrigin.into(columns.getSchema(), origin).getSchema(builder);
    return RowMessage.of(builder, MessageHeader.Schema, schemaAt, new byte[0]);
  }

  /** The message of one row, a record batch of length 1, without its proof. */
  byte[] encode(Row row) {
    Batches.requireSchema(schema, row);
    Batches.fill(columns, schema, List.of(row));
    try (ArrowRecordBatch batch = new VectorUnloader(columns).getRecordBatch()) {
      FlatBufferBuilder builder = new FlatBufferBuilder();
      int batchAt = batch.writeTo(builder);
      return RowMessage.of(builder, MessageHeader.RecordBatch, batchAt, body(batch));
    }
  }

  /** Off-heap bytes that are held between two rows. */
  long heldBytes() {
    return memory.getAllocatedMemory();
  }

  @Override
  public void close() {
    columns.close();
    memory.close();
  }

  private static byte[] body(ArrowRecordBatch batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel out = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.writeBatchBuffers(out, batch);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }
}
