package dev.repli.rollback;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One GET a look; redirects are answers, since a plan may expect them. */
final class JdkHttpLook implements HttpLook {
  private static final int BODY_LIMIT = 64 * 1024;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @Override
  public Answer get(URI url, Duration atMost) {
    HttpRequest request = HttpRequest.newBuilder(url).timeout(atMost).GET().build();
    // the request's own limit ends at the headers; this one bounds the body as well
    CompletableFuture<Answer> answer =
        client.sendAsync(request, BodyHandlers.ofInputStream()).thenApplyAsync(JdkHttpLook::read);
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return new Silent(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Silent("timed out");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Silent("interrupted");
    }
  }

  private static Answer read(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      return new Answered(
          response.statusCode(), new String(body.readNBytes(BODY_LIMIT), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Silent(e.toString());
    }
  }
}
