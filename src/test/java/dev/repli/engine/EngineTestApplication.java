package dev.repli.engine;

import dev.repli.approval.ApprovalLock;
import dev.repli.certificate.RealCertificateLock;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The engine with its hardening, users and approvals, without nodes and runbooks.
 *
 * <p>No @Configuration: the demo under test must not find it by scanning.
 */
@EnableAutoConfiguration
@ComponentScan({"dev.repli.engine", "dev.repli.approval"})
public class EngineTestApplication {
  public static final String PASSWORD = "Try-this-0ut";

  @Bean
  OnePlan plans() {
    return new OnePlan();
  }

  @Bean
  KnownRuns runs() {
    return new KnownRuns();
  }

  @Bean
  Journal journal() {
    return new InMemoryJournal();
  }

  @Bean
  ApprovalLock certificateLock(Journal journal) {
    return RealCertificateLock.over(journal);
  }

  @Bean
  JavaDelegate trialDelegate() {
    return execution -> {};
  }

  /** Lets the timer of the same task fall due while a person's answer is being taken. */
  @Bean
  TaskListener fasterClockListener(ObjectProvider<ManagementService> engine) {
    return task -> {
      ManagementService jobs = engine.getObject();
      Runnable fire =
          () ->
              jobs.createJobQuery().processInstanceId(task.getProcessInstanceId()).list().stream()
                  .map(Job::getId)
                  .forEach(jobs::executeJob);
      CompletableFuture.runAsync(fire).join();
    };
  }

  @Bean
  Secrets secrets() {
    return reference -> PASSWORD;
  }

  /** A user's HTTP calls with Basic. */
  public record Caller(int port, String user) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public HttpResponse<String> get(String path) {
      return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> put(String path, String json) {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
      if (!user.isEmpty()) {
        String pair = user + ":" + PASSWORD;
        request.header(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      }
      return request;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }
}
