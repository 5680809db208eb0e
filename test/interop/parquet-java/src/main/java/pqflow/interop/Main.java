package pqflow.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads Parquet files with parquet-java for the tests of files. Each line of standard input is a request of words with tabs between them, each line of output its answer as
 * JSON, {"error": ...} where the reader fails:
 *
 * <ul>
 *   <li>values PATH: every column's stored values and chunk bounds; page checksums are verified.
 *   <li>nested PATH: the values of every column, put together by the record reader.
 *   <li>filters PATH COLUMN PREDICATE;...: the rows that each predicate finds when chunks and pages are skipped by statistics, dictionaries, bloom filters and page index.
 * </ul>
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException {
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var answers = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String request = requests.readLine(); request != null; request = requests.readLine()) {
      answers.println(answer(request.split("\t")));
      answers.flush();
    }
  }

  private static String answer(String[] words) {
    try {
      switch (words[0]) {
        case "values":
          return Values.read(words[1]);
        case "nested":
          return NestedRows.read(words[1]);
        case "filters":
          return Filters.count(words[1], words[2], words[3]);
        default:
          throw new IllegalArgumentException("no request is " + words[0]);
      }
    } catch (Exception | LinkageError error) {
      return "{\"error\": " + Json.text(String.valueOf(error)) + "}";
    }
  }
}
