package dev.repli.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Repli over HTTP, as monitoring and people use it. */
final class RepliApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI base;

  RepliApi(URI base) {
    this.base = base;
  }

  /**
   * What came back.
   *
   * @param body the JSON in it; null node when there is none
   */
  record Answer(int status, JsonNode body, String text) {
    boolean ok() {
      return status / 100 == 2;
    }
  }

  Answer get(DemoUser user, String path) throws IOException {
    return send(user, HttpRequest.newBuilder(base.resolve(path)).GET());
  }

  Answer post(DemoUser user, String path, Object body) throws IOException {
    return postText(user, path, JSON.writeValueAsString(body));
  }

  Answer postText(DemoUser user, String path, String json) throws IOException {
    return send(
        user,
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private Answer send(DemoUser user, HttpRequest.Builder request) throws IOException {
    String login = user.name() + ":" + user.password();
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    try {
      HttpResponse<String> response =
          http.send(
              request
                  // a starved machine is no reason to end a demo
                  .timeout(Duration.ofMinutes(2))
                  .header("Authorization", "Basic " + basic)
                  .header("Accept", "application/json")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), json(response.body()), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + base, e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? NullNode.getInstance() : JSON.readTree(body);
    } catch (IOException notJson) {
      return NullNode.getInstance();
    }
  }
}
