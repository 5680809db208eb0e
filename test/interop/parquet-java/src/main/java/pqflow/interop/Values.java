package pqflow.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** Stored values through the column readers, which give what the file holds before any logical type. */
final class Values {
  private Values() {}

  static ParquetFileReader open(String path) throws IOException {
    ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration()).usePageChecksumVerification(true).build();
    return ParquetFileReader.open(new LocalInputFile(Path.of(path)), options);
  }

  static String read(String path) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> bounds = new LinkedHashMap<>();
    Map<String, String> refusals = new LinkedHashMap<>();
    try (ParquetFileReader file = open(path)) {
      MessageType schema = file.getFileMetaData().getSchema();
      for (ColumnDescriptor column : schema.getColumns()) {
        String name = column.getPath()[0];
        bounds.put(name, Json.array(boundsOf(file, column)));
        try {
          List<String> stored = new ArrayList<>();
          readAll(file, schema, column).forEach(value -> stored.add(value == null ? "null" : Json.stored(value)));
          values.put(name, Json.array(stored));
        } catch (Exception | LinkageError error) {
          refusals.put(name, Json.text(String.valueOf(error)));
        }
      }
    }
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("values", Json.object(values));
    parts.put("bounds", Json.object(bounds));
    parts.put("refusals", Json.object(refusals));
    return Json.object(parts);
  }

  /** The values of all rows, null for nulls. */
  static List<Object> readAll(ParquetFileReader file, MessageType schema, ColumnDescriptor column) throws IOException {
    Type type = schema.getType(column.getPath()[0]);
    MessageType projection = new MessageType(schema.getName(), type);
    file.setRequestedSchema(projection);
    List<Object> values = new ArrayList<>();
    for (int group = 0; group < file.getRowGroups().size(); ++group) {
      PageReadStore pages = file.readRowGroup(group);
      var store = new ColumnReadStoreImpl(pages, new GroupRecordConverter(projection).getRootConverter(), projection, file.getFileMetaData().getCreatedBy());
      ColumnReader reader = store.getColumnReader(column);
      for (long row = 0; row < pages.getRowCount(); ++row) {
        boolean isPresent = reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel();
        values.add(isPresent ? valueOf(reader, column.getPrimitiveType().getPrimitiveTypeName()) : null);
        reader.consume();
      }
    }
    return values;
  }

  private static Object valueOf(ColumnReader reader, PrimitiveTypeName type) {
    switch (type) {
      case BOOLEAN:
        return reader.getBoolean();
      case INT32:
        return reader.getInteger();
      case INT64:
        return reader.getLong();
      case FLOAT:
        return reader.getFloat();
      case DOUBLE:
        return reader.getDouble();
      default:
        return reader.getBinary().copy();
    }
  }

  private static List<String> boundsOf(ParquetFileReader file, ColumnDescriptor column) {
    List<String> bounds = new ArrayList<>();
    for (BlockMetaData group : file.getRowGroups()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (chunk.getPath().toDotString().equals(String.join(".", column.getPath()))) {
          Statistics<?> statistics = chunk.getStatistics();
          boolean hasBounds = statistics != null && statistics.hasNonNullValue();
          bounds.add(hasBounds ? "[" + Json.stored(statistics.genericGetMin()) + "," + Json.stored(statistics.genericGetMax()) + "]" : "null");
        }
      }
    }
    return bounds;
  }
}
