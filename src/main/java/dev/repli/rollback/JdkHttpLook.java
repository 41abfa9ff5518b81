package dev.repli.rollback;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One GET a look; redirects are answers, since a plan may expect them. */
final class JdkHttpLook implements HttpLook {
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @Override
  public Answer get(URI url, Duration atMost) {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(atMost).GET().build();
    // the request's own limit ends at the headers; this one bounds the body as well
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString());
    try {
      HttpResponse<String> response = exchange.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return new Answered(response.statusCode(), response.body());
    } catch (ExecutionException e) {
      return new Silent(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      exchange.cancel(true);
      return new Silent("no answer within " + Words.of(atMost));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Silent("interrupted");
    }
  }
}
