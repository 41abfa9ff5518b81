package dev.repli.criteria.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.repli.plan.CriteriaRules.Prometheus;
import dev.repli.plan.CriteriaRules.Pushed;
import dev.repli.plan.CriteriaRules.Query;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import dev.repli.run.KnownPlans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusMetricsTest {
  private static final Plan PLAN = new KnownPlans("shop").all().get(0);
  private static final String QUERY = "sum(rate(errors[1m])) / sum(rate(requests{a=\"b\"}[1m]))";
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private HttpServer server;
  private int status = 200;
  private boolean hangs;
  private String answer = vector("0.061");
  private String asked = "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/query",
        exchange -> {
          asked = exchange.getRequestURI().getQuery();
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, hangs ? body.length + 1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.getResponseBody().flush();
          if (!hangs) {
            exchange.close();
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Map<Metric, Double> read() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return metrics
        .read(PLAN, new Prometheus(url, List.of(new Query(Metric.ERROR_RATE, QUERY))))
        .orElseThrow()
        .values();
  }

  private static String vector(String... values) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
        + String.join(
            ",",
            List.of(values).stream()
                .map(value -> "{\"metric\":{},\"value\":[1772366400.1,\"" + value + "\"]}")
                .toList())
        + "]}}";
  }

  @Test
  void readsTheOneNumberThatAQueryYields() {
    assertThat(read()).containsExactly(Map.entry(Metric.ERROR_RATE, 0.061));
    assertThat(asked).isEqualTo("query=" + QUERY);

    answer =
        "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1.5,\"0.5\"]}}";
    assertThat(read()).containsExactly(Map.entry(Metric.ERROR_RATE, 0.5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "+Inf", "61", "-1", "x", ""})
  void takesWhatCannotBeForNoValue(String value) {
    answer = vector(value);

    assertThat(read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"data\":{\"resultType\":\"vector\",\"result\":[]}}"})
  void takesAnAnswerWithoutANumberForNoValue(String nothing) {
    answer = nothing;

    assertThat(read()).isEmpty();
  }

  @Test
  void takesSeveralSeriesForNoValue() {
    answer = vector("0.1", "0.2");

    assertThat(read()).isEmpty();
  }

  @Test
  void takesARefusalAndADeadServerForNoValue() {
    status = 503;
    assertThat(read()).isEmpty();

    server.stop(0);
    assertThat(read()).isEmpty();
  }

  @Test
  void takesAnAnswerThatNeverEndsForNoValue() {
    hangs = true;

    assertThat(CompletableFuture.supplyAsync(this::read))
        .succeedsWithin(Duration.ofMinutes(1))
        .isEqualTo(Map.of());
  }

  @Test
  void takesAnAnswerThatIsFarTooLongForNoValue() {
    answer = vector("0.061") + " ".repeat(100_000);

    assertThat(read()).isEmpty();
  }

  @Test
  void leavesPushedMetricsToTheirReports() {
    assertThat(metrics.reads(new Pushed())).isFalse();
    assertThat(metrics.read(PLAN, new Pushed())).isEmpty();
  }
}
