package dev.repli.criteria.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.repli.criteria.MetricSource;
import dev.repli.criteria.Sample;
import dev.repli.plan.CriteriaRules.Metrics;
import dev.repli.plan.CriteriaRules.Prometheus;
import dev.repli.plan.CriteriaRules.Query;
import dev.repli.plan.Metric;
import dev.repli.plan.Plan;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks a Prometheus server each query of a plan. Whatever is not exactly one number (no answer, no
 * series, several series, NaN) is no value: the metric grows stale, and that asks a person.
 */
@Component
class PrometheusMetrics implements MetricSource {
  private static final Logger LOG = LoggerFactory.getLogger(PrometheusMetrics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** An answer of one number is far smaller. */
  private static final int LARGEST_ANSWER = 65_536;

  private final JsonMapper json = new JsonMapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public boolean reads(Metrics metrics) {
    return metrics instanceof Prometheus;
  }

  @Override
  public Optional<Sample> read(Plan plan, Metrics metrics) {
    if (!(metrics instanceof Prometheus prometheus)) {
      return Optional.empty();
    }
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Query query : prometheus.queries()) {
      ask(prometheus.url(), query).ifPresent(value -> values.put(query.metric(), value));
    }
    return Optional.of(new Sample(values, Optional.empty()));
  }

  private Optional<Double> ask(URI server, Query query) {
    String text = URLEncoder.encode(query.query(), StandardCharsets.UTF_8).replace("+", "%20");
    String asked = "/api/v1/query?query=" + text;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + asked)).timeout(PATIENCE).build();
    // the time limit of a request ends with its head: a body that never ends must not hold up
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new ShortAnswer(LARGEST_ANSWER));
    try {
      HttpResponse<byte[]> found = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return found.statusCode() == 200
          ? number(json.readTree(found.body()))
          : unread(server, query, "status " + found.statusCode());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return unread(server, query, "no whole answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return unread(server, query, String.valueOf(e.getCause()));
    } catch (IOException e) {
      return unread(server, query, e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return unread(server, query, "interrupted");
    }
  }

  private static Optional<Double> unread(URI server, Query query, String why) {
    LOG.warn("{} of {} cannot be read: {}", query.metric().word(), server, why);
    return Optional.empty();
  }

  /** A scalar, or a vector of one series: {@code [time, "value"]}. */
  private static Optional<Double> number(JsonNode answer) {
    JsonNode data = answer.path("data");
    JsonNode result = data.path("result");
    boolean scalar = data.path("resultType").asText().equals("scalar");
    if (!scalar && result.size() != 1) {
      return Optional.empty();
    }
    JsonNode pair = scalar ? result : result.path(0).path("value");
    try {
      double value = Double.parseDouble(pair.path(1).asText());
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
