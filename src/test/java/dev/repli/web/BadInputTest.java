package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.repli.run.Runs;
import dev.repli.web.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whatever is wrong with a report: a problem, no run, nothing of the inner workings. */
@WebTest
final class BadInputTest {
  private static final String INCIDENTS = "/api/incidents";

  @Autowired private Runs runs;
  @LocalServerPort private int port;
  private RawHttp http;
  private List<Runs.Run> before;

  @BeforeEach
  void rememberTheRuns() {
    http = new RawHttp(port, "op1");
    before = runs.newest(500);
  }

  @AfterEach
  void nothingWasStarted() {
    assertThat(runs.newest(500)).isEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodies")
  void refusesTheBody(String name, byte[] body) {
    refused(http.post(INCIDENTS, body, "application/json"));
  }

  static Stream<Arguments> bodies() {
    return Stream.of(malformed(), wrongFields(), hostileIds(), hostileTexts(), wrongNumbers())
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> malformed() {
    String good = TestIncident.json("bad-input");
    return Stream.of(
        body("empty", ""),
        body("blank", "  \n"),
        body("null", "null"),
        body("an array", "[" + good + "]"),
        body("a text", "\"incident\""),
        body("truncated JSON", good.substring(0, good.length() / 2)),
        body("text after the end", good + "x"),
        body("two objects", good + good),
        body("a key twice", good.replaceFirst("\\{", "{\"planId\":\"books\",")),
        body("a metric twice", TestIncident.with("metrics", "{\"a\":1,\"a\":2}")),
        body("1 000 levels of arrays", TestIncident.with("metrics", nested('[', ']', 1_000))),
        body("1 000 levels of objects", "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)),
        body("a comment", good.replaceFirst("\\{", "{/* hello */")),
        body("single quotes", good.replace('"', '\'')),
        body("10 MB of text", TestIncident.with("summary", "\"" + "x".repeat(10_000_000) + "\"")),
        body("64 KB and one byte", good + " ".repeat(64 * 1024 + 1 - good.length())),
        arguments("invalid UTF-8", invalidUtf8()),
        arguments("UTF-16", good.getBytes(StandardCharsets.UTF_16)),
        arguments("a byte order mark", ("\uFEFF" + good).getBytes(StandardCharsets.UTF_8)),
        arguments("overlong UTF-8", overlongUtf8()));
  }

  private static Stream<Arguments> wrongFields() {
    return Stream.of(
        body("no field at all", "{}"),
        body("an unknown field", TestIncident.with("priority", "1")),
        body("an unknown field with a hostile name", TestIncident.with("<script>\\u0000", "1")),
        body("a field in the wrong case", TestIncident.with("PlanId", "\"shop\"")),
        body("a number for a text", TestIncident.with("summary", "5")),
        body("null for a text", TestIncident.with("summary", "null")),
        body("an array for a text", TestIncident.with("planId", "[\"shop\"]")),
        body("a text for an object", TestIncident.with("metrics", "\"errorRate=1\"")),
        body("an unknown status", TestIncident.with("status", "\"FIRING\"")),
        body("an unknown severity", TestIncident.with("severity", "\"catastrophic\"")),
        body("no date", TestIncident.with("startedAt", "\"yesterday\"")),
        body("a date without offset", TestIncident.with("startedAt", "\"2026-03-01T12:00:00\"")),
        body("a date as a number", TestIncident.with("startedAt", "1772366400")),
        body("the 30th of February", TestIncident.with("startedAt", "\"2026-02-30T12:00:00Z\"")),
        body("a date long ago", TestIncident.with("startedAt", "\"1999-01-01T00:00:00Z\"")),
        body("a date far ahead", TestIncident.with("startedAt", "\"9999-01-01T00:00:00Z\"")),
        body(
            "an overflowing date",
            TestIncident.with("startedAt", "\"+999999999-12-31T00:00:00Z\"")),
        body("an unknown plan", TestIncident.with("planId", "\"no-such-plan\"")),
        body("resolved but unknown", TestIncident.with("status", "\"resolved\"")));
  }

  private static Stream<Arguments> hostileIds() {
    List<String> ids =
        List.of(
            "",
            " ",
            "../shop",
            "..",
            "shop/../books",
            "shop'",
            "shop`",
            "shop\\\"",
            "shop;--",
            "shop/*x*/",
            "shop\\u0000",
            "shop\\n",
            "sh\\u202Eop",
            "shöp",
            "p".repeat(65),
            "-oProxyCommand",
            "user@host -oProxyCommand=touch",
            "jdbc:mariadb://127.0.0.1/?allowLocalInfile=true",
            "http://169.254.169.254/latest/meta-data",
            "127.0.0.1",
            "0-1-5,0-1-3",
            "${7*7}",
            "SHOP");
    List<String> alsoRunKeys = List.of("p".repeat(65), "127.0.0.1", "SHOP");
    return ids.stream()
        .flatMap(
            id ->
                alsoRunKeys.contains(id)
                    ? Stream.of(body("plan id " + id, TestIncident.with("planId", quoted(id))))
                    : Stream.of(
                        body("plan id " + id, TestIncident.with("planId", quoted(id))),
                        body("incident id " + id, TestIncident.with("incidentId", quoted(id)))))
        .map(Arguments.class::cast);
  }

  private static Stream<Arguments> hostileTexts() {
    return Stream.of("summary", "source")
        .flatMap(
            field ->
                Stream.of(
                    body(field + " with NUL", TestIncident.with(field, "\"a\\u0000b\"")),
                    body(field + " with a line break", TestIncident.with(field, "\"a\\r\\nX: y\"")),
                    body(field + " with escape", TestIncident.with(field, "\"a\\u001b[2Jb\"")),
                    body(field + " with override", TestIncident.with(field, "\"a\\u202Eb\"")),
                    body(field + " with isolate", TestIncident.with(field, "\"a\\u2066b\"")),
                    body(field + " with half a character", TestIncident.with(field, "\"\\ud800\"")),
                    body(field + " with raw control", TestIncident.with(field, "\"a\u0007b\"")),
                    body(field + " blank", TestIncident.with(field, "\"  \"")),
                    body(field + " too long", TestIncident.with(field, quoted("x".repeat(501))))));
  }

  private static Stream<Arguments> wrongNumbers() {
    return Stream.of(
            "NaN",
            "Infinity",
            "-Infinity",
            "1e400",
            "-1e400",
            "1e16",
            "01",
            "+1",
            ".5",
            "0x10",
            "\"1\"",
            "null",
            "true",
            "[1]",
            "{}",
            "9".repeat(1_000))
        .map(
            number ->
                body(
                    "metric " + number,
                    TestIncident.with("metrics", "{\"errorRate\":" + number + "}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json; charset=no-such",
        "application/*",
        "*/*",
        "json",
        ""
      })
  void refusesTheContentType(String type) {
    byte[] body = TestIncident.json("bad-type").getBytes(StandardCharsets.UTF_8);
    assertThat(refused(http.post(INCIDENTS, body, type)).status()).isEqualTo(415);
  }

  @Test
  void refusesACompressedBody() {
    String json = TestIncident.json("compressed");
    assertThat(refused(http.post(INCIDENTS, json, "Content-Encoding: gzip")).status())
        .isEqualTo(415);
  }

  @Test
  void refusesABodyThatEndsBeforeItsAnnouncedLength() {
    byte[] json = TestIncident.json("short").getBytes(StandardCharsets.UTF_8);
    refused(
        http.send("POST", INCIDENTS, json, json.length + 100L, "Content-Type: application/json"));
  }

  @Test
  void refusesABodyThatIsLongerThanAnnounced() {
    byte[] json = TestIncident.json("long").getBytes(StandardCharsets.UTF_8);
    refused(http.send("POST", INCIDENTS, json, 20, "Content-Type: application/json"));
  }

  @Test
  void refusesHugeAnnouncedLengthsBeforeReadingThem() {
    assertThat(
            refused(
                    http.send(
                        "POST",
                        INCIDENTS,
                        new byte[0],
                        Long.MAX_VALUE,
                        "Content-Type: application/json"))
                .status())
        .isEqualTo(413);
  }

  @Test
  void refusesAnEndlessChunkedBody() {
    byte[] chunk = new byte[100_000];
    Arrays.fill(chunk, (byte) ' ');
    String size = Integer.toHexString(chunk.length) + "\r\n";
    byte[] body =
        (size + new String(chunk, StandardCharsets.US_ASCII)).getBytes(StandardCharsets.US_ASCII);
    assertThat(
            refused(
                    http.send(
                        "POST",
                        INCIDENTS,
                        body,
                        0,
                        "Content-Type: application/json",
                        "Transfer-Encoding: chunked"))
                .status())
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\tb", "\u00e9", ""})
  void refusesAMalformedIdempotencyKey(String key) {
    refused(http.post(INCIDENTS, TestIncident.json("bad-key"), "Idempotency-Key: " + key));
  }

  @Test
  void refusesTwoIdempotencyKeys() {
    refused(
        http.post(
            INCIDENTS, TestIncident.json("bad-key"), "Idempotency-Key: a", "Idempotency-Key: b"));
  }

  @Test
  void refusesAnIdempotencyKeyOfTenThousandCharacters() {
    refused(
        http.post(
            INCIDENTS, TestIncident.json("bad-key"), "Idempotency-Key: " + "k".repeat(10_000)));
  }

  @Test
  void refusesACallFromAPageOfAnotherSite() {
    refused(http.post(INCIDENTS, TestIncident.json("csrf"), "Sec-Fetch-Site: cross-site"));
    refused(
        http.send(
            "POST", "/api/plans/shop/rollback", new byte[0], 0, "Sec-Fetch-Site: cross-site"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/incidents?dryRun=true",
        "/api/plans/shop/rollback?dryrun=true",
        "/api/plans/shop/rollback?dryRun=yes",
        "/api/plans/shop/rollback?dryRun=",
        "/api/plans/shop/rollback?dryRun=true&dryRun=false",
        "/api/plans/no-such/rollback",
        "/api/plans/SHOP/rollback",
        "/api/plans/shop%00/rollback",
        "/api/plans/..%2Fshop/rollback",
        "/api/plans/../shop/rollback",
        "/api/plans/shop;x=y/rollback",
        "/api/plans/%ff/rollback",
        "/api/plans/shop%0d%0aX:y/rollback",
        "/api/plans//rollback",
        "/api/runs/no-such/abort",
        "/api/nothing",
        "/api/%zz",
        "/api/{x}",
        "/nothing"
      })
  void refusesTheAddress(String address) {
    refused(http.post(address, TestIncident.json("bad-address")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs?limit=0",
        "/api/runs?limit=501",
        "/api/runs?limit=-1",
        "/api/runs?limit=1e3",
        "/api/runs?limit=99999999999999999999",
        "/api/runs?offset=5",
        "/api/runs/no-such",
        "/api/runs/no-such/timeline",
        "/api/runs/no-such/ledger",
        "/api/runs/no-such/report",
        "/api/runs/%24%7B7*7%7D",
        "/api/plans/no-such",
        "/api/incidents",
        "/error"
      })
  void refusesToRead(String address) {
    refused(http.get(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "DELETE", "TRACE", "BREW"})
  void refusesTheMethod(String method) {
    refused(http.send(method, INCIDENTS, new byte[0], 0));
  }

  @Test
  void refusesStrangersAndWrongPasswords() {
    RawHttp stranger = new RawHttp(port, "");
    RawHttp impostor = new RawHttp(port, "nobody");

    assertThat(refused(stranger.post(INCIDENTS, TestIncident.json("stranger"))).status())
        .isEqualTo(401);
    assertThat(refused(stranger.get("/api/runs")).status()).isEqualTo(401);
    assertThat(refused(impostor.post(INCIDENTS, TestIncident.json("stranger"))).status())
        .isEqualTo(401);
  }

  @Test
  void refusesAMalformedRequestLine() {
    refused(http.exchange("POST\r\n\r\n".getBytes(StandardCharsets.US_ASCII), new byte[0]));
  }

  private static Answer refused(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
    assertThat(answer.isProblem()).as(answer.headers()).isTrue();
    assertThat(answer.body())
        .contains("\"status\":" + answer.status())
        .doesNotContain("Exception", "\\tat ", "\tat ", "org.", "java.", "dev.repli");
    return answer;
  }

  private static Arguments body(String name, String body) {
    return arguments(name, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String nested(char open, char close, int levels) {
    return String.valueOf(open).repeat(levels) + String.valueOf(close).repeat(levels);
  }

  private static byte[] invalidUtf8() {
    byte[] body = TestIncident.with("summary", "\"aXb\"").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == 'X' ? (byte) 0xC3 : body[i];
    }
    return body;
  }

  private static byte[] overlongUtf8() {
    String json = TestIncident.with("summary", "\"a\u00ff\u00feb\"");
    return json.getBytes(StandardCharsets.ISO_8859_1);
  }
}
