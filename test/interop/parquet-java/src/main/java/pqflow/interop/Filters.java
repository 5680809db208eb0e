package pqflow.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.Column;
import org.apache.parquet.filter2.predicate.Operators.SupportsEqNotEq;
import org.apache.parquet.filter2.predicate.Operators.SupportsLtGt;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** Predicates on one column, with everything on that lets parquet-java skip chunks and pages. `=,12` or `in,12,80`: an operator, and the rows whose values are its operands. */
final class Filters {
  private Filters() {}

  static String count(String path, String name, String predicates) throws IOException {
    MessageType schema;
    List<Object> values;
    ColumnDescriptor column;
    try (ParquetFileReader file = Values.open(path)) {
      schema = file.getFileMetaData().getSchema();
      column = schema.getColumnDescription(new String[] {name});
      values = Values.readAll(file, schema, column);
    }
    MessageType projection = new MessageType(schema.getName(), schema.getType(name));
    List<String> counts = new ArrayList<>();
    for (String predicate : predicates.split(";")) {
      counts.add(String.valueOf(rowsOf(path, projection, predicateOf(predicate, column, values))));
    }
    return "{\"counts\":" + Json.array(counts) + "}";
  }

  private static long rowsOf(String path, MessageType projection, FilterPredicate predicate) throws IOException {
    long rows = 0;
    var builder = NestedRows.builder(path).withFilter(FilterCompat.get(predicate)).set(ReadSupport.PARQUET_READ_SCHEMA, projection.toString());
    try (ParquetReader<Group> reader = builder.useStatsFilter().useDictionaryFilter().useBloomFilter().useColumnIndexFilter().useRecordFilter().build()) {
      while (reader.read() != null) {
        ++rows;
      }
    }
    return rows;
  }

  private static FilterPredicate predicateOf(String text, ColumnDescriptor column, List<Object> values) {
    String[] words = text.split(",");
    List<Object> operands = new ArrayList<>();
    for (int index = 1; index < words.length; ++index) {
      operands.add(values.get(Integer.parseInt(words[index])));
    }
    String name = column.getPath()[0];
    switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN:
        return equality(FilterApi.booleanColumn(name), words[0], cast(operands, Boolean.class));
      case INT32:
        return ordered(FilterApi.intColumn(name), words[0], cast(operands, Integer.class));
      case INT64:
        return ordered(FilterApi.longColumn(name), words[0], cast(operands, Long.class));
      case FLOAT:
        return ordered(FilterApi.floatColumn(name), words[0], cast(operands, Float.class));
      case DOUBLE:
        return ordered(FilterApi.doubleColumn(name), words[0], cast(operands, Double.class));
      default:
        return ordered(FilterApi.binaryColumn(name), words[0], cast(operands, Binary.class));
    }
  }

  private static <T> List<T> cast(List<Object> operands, Class<T> type) {
    List<T> typed = new ArrayList<>();
    operands.forEach(operand -> typed.add(type.cast(operand)));
    return typed;
  }

  private static <T extends Comparable<T>, C extends Column<T> & SupportsEqNotEq> FilterPredicate equality(C column, String operator, List<T> operands) {
    if (operator.equals("null")) {
      return FilterApi.eq(column, null);
    }
    Set<T> all = new HashSet<>(operands);
    return operator.equals("in") ? FilterApi.in(column, all) : FilterApi.eq(column, operands.get(0));
  }

  private static <T extends Comparable<T>, C extends Column<T> & SupportsLtGt> FilterPredicate ordered(C column, String operator, List<T> operands) {
    switch (operator) {
      case "<":
        return FilterApi.lt(column, operands.get(0));
      case "<=":
        return FilterApi.ltEq(column, operands.get(0));
      case ">":
        return FilterApi.gt(column, operands.get(0));
      case ">=":
        return FilterApi.gtEq(column, operands.get(0));
      default:
        return equality(column, operator, operands);
    }
  }
}
