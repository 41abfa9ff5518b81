package dev.repli.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person who logged in with the form and works in Tasklist or Cockpit. */
public final class BrowserSession {
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  private final CookieManager cookies = new CookieManager();
  private final HttpClient client =
      HttpClient.newBuilder()
          .cookieHandler(cookies)
          .followRedirects(HttpClient.Redirect.NORMAL)
          .build();
  private final String base;

  private BrowserSession(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  /** Logs in and opens the application, which gives the session its token. */
  public static BrowserSession open(int port, String user, String application) {
    BrowserSession session = new BrowserSession(port);
    Matcher token = TOKEN.matcher(session.get("/login").body());
    if (!token.find()) {
      throw new IllegalStateException("the log-in page has no token");
    }
    String form =
        "username="
            + user
            + "&password="
            + EngineTestApplication.PASSWORD
            + "&_csrf="
            + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
    session.send(
        session
            .request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form)));
    session.get("/camunda/app/" + application + "/default/");
    return session;
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** As a script of one of Repli's own pages does. */
  public HttpResponse<String> postOwn(String path, String json) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .header("X-REPLI-XSRF-TOKEN", cookie("REPLI-XSRF-TOKEN"))
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElse("none");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
