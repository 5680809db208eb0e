package pqflow.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Structs as objects, lists as arrays, maps as arrays of [key, value], every scalar as text, bytes in hexadecimal digits. */
final class NestedRows {
  private NestedRows() {}

  static ParquetReader.Builder<Group> builder(String path) {
    return new ParquetReader.Builder<Group>(new LocalInputFile(Path.of(path)), new PlainParquetConfiguration()) {
      @Override
      protected ReadSupport<Group> getReadSupport() {
        return new GroupReadSupport();
      }
    };
  }

  static String read(String path) throws IOException {
    MessageType schema;
    try (ParquetFileReader file = Values.open(path)) {
      schema = file.getFileMetaData().getSchema();
    }
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, String> refusals = new LinkedHashMap<>();
    for (Type type : schema.getFields()) {
      try {
        columns.put(type.getName(), Json.array(column(path, new MessageType(schema.getName(), type))));
      } catch (Exception | LinkageError error) {
        refusals.put(type.getName(), Json.text(String.valueOf(error)));
      }
    }
    return "{\"columns\":" + Json.object(columns) + ",\"refusals\":" + Json.object(refusals) + "}";
  }

  private static List<String> column(String path, MessageType projection) throws IOException {
    List<String> values = new ArrayList<>();
    var builder = builder(path).usePageChecksumVerification().set(ReadSupport.PARQUET_READ_SCHEMA, projection.toString());
    try (ParquetReader<Group> reader = builder.build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        values.add(member(row, 0));
      }
    }
    return values;
  }

  private static String object(Group group) {
    Map<String, String> members = new LinkedHashMap<>();
    for (Type member : group.getType().getFields()) {
      members.put(member.getName(), group.getFieldRepetitionCount(member.getName()) == 0 ? "null" : value(group, member, 0));
    }
    return Json.object(members);
  }

  private static String value(Group group, Type type, int index) {
    if (type.isPrimitive()) {
      return scalar(group, type, index);
    }
    Group value = group.getGroup(type.getName(), index);
    LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
    if (annotation instanceof ListLogicalTypeAnnotation) {
      return list(value, type.asGroupType());
    }
    return annotation instanceof MapLogicalTypeAnnotation ? map(value, type.asGroupType()) : object(value);
  }

  /** A member that is there at most once; null where it is missing. */
  private static String member(Group entry, int index) {
    Type type = entry.getType().getType(index);
    return entry.getFieldRepetitionCount(index) == 0 ? "null" : value(entry, type, 0);
  }

  private static String list(Group list, GroupType type) {
    String repeated = type.getFieldName(0);
    List<String> items = new ArrayList<>();
    for (int index = 0; index < list.getFieldRepetitionCount(repeated); ++index) {
      items.add(member(list.getGroup(repeated, index), 0));
    }
    return Json.array(items);
  }

  private static String map(Group map, GroupType type) {
    String repeated = type.getFieldName(0);
    List<String> items = new ArrayList<>();
    for (int index = 0; index < map.getFieldRepetitionCount(repeated); ++index) {
      Group entry = map.getGroup(repeated, index);
      items.add("[" + member(entry, 0) + "," + member(entry, 1) + "]");
    }
    return Json.array(items);
  }

  private static String scalar(Group group, Type type, int index) {
    String name = type.getName();
    switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32:
        return Json.text(String.valueOf(group.getInteger(name, index)));
      case INT64:
        return Json.text(String.valueOf(group.getLong(name, index)));
      case BOOLEAN:
        return Json.text(String.valueOf(group.getBoolean(name, index)));
      case DOUBLE:
        return Json.text(numberText(group.getDouble(name, index)));
      default:
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        boolean isText = annotation instanceof StringLogicalTypeAnnotation || annotation instanceof EnumLogicalTypeAnnotation;
        return Json.text(isText ? group.getString(name, index) : Json.hexOf(bytesOf(group.getBinary(name, index))));
    }
  }

  /** Not by getBytes(): of fixed bytes, that moves the place in the page that the reader goes on from. */
  private static byte[] bytesOf(Binary binary) {
    ByteBuffer buffer = binary.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** Whole numbers without a fraction, as the others print them. */
  private static String numberText(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value) : String.valueOf(value);
  }
}
