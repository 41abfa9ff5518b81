package dev.repli.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.plan.Checks;
import dev.repli.plan.Checks.HttpCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP checks of a plan against a server in this process. */
class PlanChecksTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    answer("/ok", 200, "all is well");
    answer("/moved", 302, "");
    server.createContext(
        "/drips",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          body.write('a');
          body.flush();
          waitForEnd();
          exchange.close();
        });
    server.start();
  }

  private void answer(String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private void waitForEnd() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private Finding check(String path, int status, Optional<String> contains) {
    return check(path, status, contains, LONG);
  }

  private Finding check(String path, int status, Optional<String> contains, Duration atMost) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    Checks checks =
        new Checks(
            List.of(), List.of(new HttpCheck("shop", url, status, contains, atMost)), List.of());
    return new PlanChecks(new JdkHttpLook())
        .http(SamplePlan.of(new FakeDatabase(new VirtualTime()), List.of(), checks))
        .all()
        .get(0);
  }

  @Test
  void passesWithTheExpectedStatusAndText() {
    assertThat(check("/ok", 200, Optional.of("is well")).verdict()).isEqualTo(Finding.Verdict.GOOD);
    assertThat(check("/moved", 302, Optional.empty()).verdict()).isEqualTo(Finding.Verdict.GOOD);
  }

  @Test
  void failsWithAnotherStatusOrWithoutTheText() {
    assertThat(check("/none", 200, Optional.empty()).found())
        .isEqualTo("status 404 instead of 200");
    assertThat(check("/ok", 200, Optional.of("login")).found()).contains("text is missing");
  }

  @Test
  void failsInTimeWhenTheBodyNeverEnds() {
    assertThat(check("/drips", 200, Optional.empty(), Duration.ofMillis(500)).found())
        .isEqualTo("no answer within 500 ms");
  }

  @Test
  void failsWhenNobodyListens() {
    server.stop(0);

    assertThat(check("/ok", 200, Optional.empty()).verdict()).isEqualTo(Finding.Verdict.BAD);
  }
}
