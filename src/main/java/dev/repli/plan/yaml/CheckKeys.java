package dev.repli.plan.yaml;

import dev.repli.plan.Checks;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of the checks that prove, after a move, that the application works. */
final class CheckKeys {
  private static final Key<String> NAME =
      Key.required("name", Texts.line(100), "Name of the check, for people.");
  private static final Key<String> SQL =
      Key.required("sql", readOnly(), "One statement that reads.");
  private static final Key<String> EXPECTED =
      Key.required(
          "expected",
          Texts.line(1000),
          "Text that the first column of the first row has to equal; numbers in quotes.");
  private static final Block<Checks.QueryCheck> QUERY =
      Block.of(
          List.of(NAME, SQL, EXPECTED),
          values -> new Checks.QueryCheck(values.get(NAME), values.get(SQL), values.get(EXPECTED)));

  private static final Key<URI> URL = Key.required("url", Addresses.link(), "What is fetched.");
  private static final Key<Integer> STATUS =
      Key.withDefault("status", Numbers.whole(100, 599), 200, "Expected status.");
  private static final Key<Optional<String>> CONTAINS =
      Key.optional("contains", Texts.line(1000), "Text that the answer has to contain.");
  private static final Key<Duration> TIMEOUT =
      Key.withDefault(
          "timeout", Durations.between("100ms", "5m"), "5s", "After this the check has failed.");
  private static final Block<Checks.HttpCheck> HTTP =
      Block.of(
          List.of(NAME, URL, STATUS, CONTAINS, TIMEOUT),
          values ->
              new Checks.HttpCheck(
                  values.get(NAME),
                  values.get(URL),
                  values.get(STATUS),
                  values.get(CONTAINS),
                  values.get(TIMEOUT)));

  private static final Key<List<Checks.QueryCheck>> QUERIES =
      Key.withDefault("queries", new Items<>(QUERY, 0), List.of(), "Critical queries.");
  private static final Key<List<Checks.HttpCheck>> HTTPS =
      Key.withDefault("http", new Items<>(HTTP, 0), List.of(), "Pages of the application.");
  private static final Key<List<String>> JOURNEYS =
      Key.withDefault(
          "journeys",
          new Items<>(Texts.line(200), 0),
          List.of(),
          "What the application team tries by hand.");

  static final Block<Checks> CHECKS =
      Block.of(
          List.of(QUERIES, HTTPS, JOURNEYS),
          values -> new Checks(values.get(QUERIES), values.get(HTTPS), values.get(JOURNEYS)));

  private CheckKeys() {}

  private static Scalar<String> readOnly() {
    Scalar<String> text = Texts.passage(4000);
    Map<String, Object> schema = new LinkedHashMap<>(text.schema());
    schema.put("pattern", "^\\s*([Ss][Ee][Ll][Ee][Cc][Tt]|[Ss][Hh][Oo][Ww])\\b[^;]*;?\\s*$");
    return new Scalar<>(
        "one SELECT or SHOW statement",
        schema,
        (node, refusal) ->
            text.reader()
                    .read(node, refusal)
                    .filter(sql -> !sql.matches("(?is)\\s*(select|show)\\b[^;]*;?\\s*"))
                    .isPresent()
                ? refusal.because("is not one statement that reads")
                : text.reader().read(node, refusal));
  }
}
