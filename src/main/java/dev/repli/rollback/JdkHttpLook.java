package dev.repli.rollback;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One GET a look; redirects are answers, since a plan may expect them. */
final class JdkHttpLook implements HttpLook {
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @Override
  public CompletableFuture<Answer> get(URI url, Duration atMost) {
    HttpRequest request = HttpRequest.newBuilder(url).GET().build();
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, BodyHandlers.ofString());
    // the limit of a request ends at the headers; this one bounds the body as well
    return exchange
        .copy()
        .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
        .<Answer>thenApply(response -> new Answered(response.statusCode(), response.body()))
        .exceptionally(
            failure -> {
              exchange.cancel(true);
              return new Silent(why(failure, atMost));
            });
  }

  private static String why(Throwable failure, Duration atMost) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof TimeoutException
        ? "no answer within " + Words.of(atMost)
        : cause.toString();
  }
}
