package dev.repli.communication.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.repli.communication.Delivery.Result;
import dev.repli.communication.Delivery.Text;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.SecretRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback that answers as the test says. */
class PostDeliveryTest {
  private static final String HOSTILE =
      "<!channel> @everyone [x](http://evil.example) *b* \"}, {\"a\":1 ${7*7} {{text}} <b>&amp;";
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private final List<String> bodies = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private int status = 200;
  private String retryAfter = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(
        new String(
            exchange.getRequestBody().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    if (!retryAfter.isEmpty()) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private String hook() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=s3cret";
  }

  private Result send(
      CommunicationRules.Type type, Optional<String> body, String address, Text text) {
    Channel channel =
        new Channel(
            "out",
            type,
            Audience.TECHNICAL,
            Optional.of(new SecretRef("env:URL")),
            type == CommunicationRules.Type.PAGERDUTY
                ? Optional.of(new SecretRef("env:KEY"))
                : Optional.empty(),
            List.of(),
            body,
            Optional.empty());
    return new PostDelivery(
            reference -> reference.value().equals("env:KEY") ? "k3y" : address,
            NOON,
            Duration.ofSeconds(2))
        .send(CommunicationRules.SILENT, channel, text);
  }

  private Result send(CommunicationRules.Type type) {
    return send(type, Optional.empty(), hook(), text(HOSTILE));
  }

  private static Text text(String hostile) {
    return new Text(
        "run/1/out",
        "run",
        "Shop",
        "technical",
        "step",
        "2026-11-21T12:00:00Z",
        false,
        hostile,
        hostile);
  }

  private JsonNode body() throws IOException {
    return new ObjectMapper().readTree(bodies.get(0));
  }

  @Test
  void givesSlackTextThatIsNotParsed() throws IOException {
    assertThat(send(CommunicationRules.Type.SLACK)).isEqualTo(new Result.Delivered());

    assertThat(body().at("/blocks/0/text/type").asText()).isEqualTo("plain_text");
    assertThat(body().at("/blocks/1/text/text").asText()).isEqualTo(HOSTILE);
    assertThat(body().get("text").asText()).startsWith("&lt;!channel&gt;").doesNotContain("<");
    assertThat(body().get("mrkdwn").asBoolean()).isFalse();
  }

  @Test
  void givesTeamsTextThatIsNotParsed() throws IOException {
    assertThat(send(CommunicationRules.Type.TEAMS)).isEqualTo(new Result.Delivered());

    JsonNode card = body().at("/attachments/0/content/body/1");
    assertThat(card.get("type").asText()).isEqualTo("RichTextBlock");
    assertThat(card.at("/inlines/0/text").asText()).isEqualTo(HOSTILE);
    assertThat(bodies.get(0)).doesNotContain("TextBlock\",\"text");
  }

  @Test
  void givesPagerDutyOneIncidentPerRun() throws IOException {
    send(CommunicationRules.Type.PAGERDUTY);

    assertThat(body().get("routing_key").asText()).isEqualTo("k3y");
    assertThat(body().get("event_action").asText()).isEqualTo("trigger");
    assertThat(body().at("/payload/summary").asText()).isEqualTo(HOSTILE);
    assertThat(body().get("dedup_key").asText()).isEqualTo(Keys.hash("run"));
  }

  @Test
  void fillsTheBodyOfAPlanWithoutLeavingItsQuotes() throws IOException {
    send(
        CommunicationRules.Type.WEBHOOK,
        Optional.of("{\"to\":\"+33\",\"say\":\"{{text}}\"}"),
        hook(),
        text(HOSTILE));

    assertThat(body().get("say").asText()).isEqualTo(HOSTILE);
    assertThat(body().size()).isEqualTo(2);
  }

  @Test
  void sendsTheSameKeyWithASecondTry() {
    send(CommunicationRules.Type.SLACK);
    send(CommunicationRules.Type.SLACK);

    assertThat(keys).hasSize(2);
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isEqualTo(Keys.hash("run/1/out"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 120, 120",
    "503, 'Sat, 21 Nov 2026 12:05:00 GMT', 300",
    "500, '', -1",
    "429, soon, -1"
  })
  void triesLaterAndListensWhen(int answered, String wish, long seconds) {
    status = answered;
    retryAfter = wish;

    assertThat(send(CommunicationRules.Type.SLACK))
        .isEqualTo(
            new Result.TryLater(
                "it answers " + answered,
                Optional.of(Duration.ofSeconds(seconds)).filter(wait -> !wait.isNegative())));
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 307, 400, 401, 403, 404, 410})
  void givesUpWhatWouldBeAnsweredTheSameAndFollowsNoRedirect(int answered) {
    status = answered;

    assertThat(send(CommunicationRules.Type.SLACK))
        .isEqualTo(new Result.Refused("it answers " + answered));
    assertThat(bodies).hasSize(1);
  }

  @Test
  void doesNotWaitForAnAnswerThatNeverComes() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String address = "http://127.0.0.1:" + silent.getLocalPort() + "/s3cret";

      assertThat(send(CommunicationRules.Type.SLACK, Optional.empty(), address, text("x")))
          .isInstanceOfSatisfying(
              Result.TryLater.class, later -> assertThat(later.why()).doesNotContain("s3cret"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example/s3cret",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "ht!tp://s3cret",
        "https:s3cret"
      })
  void postsToNoStrangeAddressAndDoesNotRepeatIt(String address) {
    assertThat(send(CommunicationRules.Type.SLACK, Optional.empty(), address, text("x")))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused ->
                assertThat(refused.why()).contains("no https address").doesNotContain("s3cret"));
  }
}
