package dev.repli.communication.channel;

import dev.repli.communication.Delivery;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * JSON by POST. Follows no redirect and reads no answer but its status: neither is ours to trust.
 */
final class PostDelivery implements Delivery {
  private static final URI PAGERDUTY = URI.create("https://events.pagerduty.com/v2/enqueue");
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final Secrets secrets;
  private final Clock clock;
  private final Duration limit;
  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  PostDelivery(Secrets secrets, Clock clock) {
    this(secrets, clock, LIMIT);
  }

  PostDelivery(Secrets secrets, Clock clock, Duration limit) {
    this.secrets = secrets;
    this.clock = clock;
    this.limit = limit;
  }

  @Override
  public boolean speaks(CommunicationRules.Type type) {
    return type != CommunicationRules.Type.MAIL;
  }

  @Override
  public int longest(CommunicationRules.Type type) {
    return Bodies.longest(type);
  }

  @Override
  public Result send(CommunicationRules rules, Channel channel, Text text) {
    Optional<URI> url = channel.url().map(this::address).orElse(Optional.of(PAGERDUTY));
    if (url.isEmpty()) {
      return new Result.Refused(
          "its address is no https address (http only to this machine); see the secret that the"
              + " plan names");
    }
    String body = Bodies.of(channel, text, channel.key().map(secrets::resolve).orElse(""));
    HttpRequest request =
        HttpRequest.newBuilder(url.get())
            .timeout(limit)
            .header("Content-Type", "application/json; charset=utf-8")
            .header("Idempotency-Key", Keys.hash(text.key()))
            .POST(BodyPublishers.ofString(body))
            .build();
    return exchange(request);
  }

  /** Waits for the end of the answer, too: a body that never ends must not hold the channel. */
  private Result exchange(HttpRequest request) {
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request, BodyHandlers.discarding());
    try {
      return result(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return later("no answer within " + limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      return later("cannot be reached: " + name(e));
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return later("Repli was stopped meanwhile");
    }
  }

  private static String name(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return (cause == null ? failed : cause).getClass().getSimpleName();
  }

  private Result result(HttpResponse<Void> answer) {
    int status = answer.statusCode();
    if (status >= OK && status < REDIRECT) {
      return new Result.Delivered();
    }
    if (status == TOO_MANY || status == TIMEOUT || status >= SERVER_ERROR) {
      return new Result.TryLater("it answers " + status, wish(answer));
    }
    return new Result.Refused("it answers " + status);
  }

  /** Seconds or a date. */
  private Optional<Duration> wish(HttpResponse<Void> answer) {
    return answer.headers().firstValue("Retry-After").flatMap(this::parse);
  }

  private Optional<Duration> parse(String text) {
    if (text.matches("[0-9]{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
      return Optional.of(Duration.between(clock.instant(), until))
          .filter(wait -> !wait.isNegative());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<URI> address(SecretRef reference) {
    try {
      URI url = new URI(secrets.resolve(reference));
      String host = url.getHost();
      boolean here = host != null && host.matches("localhost|127\\.[0-9.]+|\\[::1\\]");
      boolean safe = "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && here);
      return host != null && safe && !host.startsWith("169.254.")
          ? Optional.of(url)
          : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Result later(String why) {
    return new Result.TryLater(why, Optional.empty());
  }
}
