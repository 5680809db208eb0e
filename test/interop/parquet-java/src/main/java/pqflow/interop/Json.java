package pqflow.interop;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON as text, put together from parts that are JSON already. */
final class Json {
  private Json() {}

  static String text(String value) {
    var quoted = new StringBuilder("\"");
    for (int index = 0; index < value.length(); ++index) {
      char character = value.charAt(index);
      if (character == '"' || character == '\\') {
        quoted.append('\\').append(character);
      } else if (character < ' ') {
        quoted.append(String.format("\\u%04x", (int) character));
      } else {
        quoted.append(character);
      }
    }
    return quoted.append('"').toString();
  }

  static String array(List<String> items) {
    return "[" + String.join(",", items) + "]";
  }

  static String object(Map<String, String> members) {
    return members.entrySet().stream().map(member -> text(member.getKey()) + ":" + member.getValue()).collect(Collectors.joining(",", "{", "}"));
  }

  static String hexOf(byte[] bytes) {
    var digits = new StringBuilder();
    for (byte item : bytes) {
      digits.append(String.format("%02x", item));
    }
    return digits.toString();
  }

  /** A stored value: integers in decimal, floats by their bits as a double, bytes in hexadecimal digits. */
  static String stored(Object value) {
    if (value instanceof Boolean) {
      return (Boolean) value ? "\"1\"" : "\"0\"";
    }
    if (value instanceof Float || value instanceof Double) {
      return "{\"double\":\"" + String.format("%016x", Double.doubleToRawLongBits(((Number) value).doubleValue())) + "\"}";
    }
    if (value instanceof Number) {
      return "\"" + value + "\"";
    }
    return "{\"hex\":\"" + hexOf(((org.apache.parquet.io.api.Binary) value).getBytes()) + "\"}";
  }
}
