package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application as a program of its own, and those who work with it over REST. */
final class ServedRepli implements AutoCloseable {
  private static final String PASSWORD = DemoUser.randomPassword();
  private static final String JAR = "target/repli.jar";

  private final Process process;
  private final Path log;
  private final URI base;
  private final RepliApi api;
  private final People people;
  private final List<DemoUser> users = DemoUser.all(PASSWORD);

  private ServedRepli(Process process, Path log, URI base) {
    this.process = process;
    this.log = log;
    this.base = base;
    this.api = new RepliApi(base);
    this.people = new People(api, users, new PrintStream(PrintStream.nullOutputStream(), false));
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param data Repli's own directory; the same one is the same installation
   * @param environment more variables of its environment
   */
  static ServedRepli start(
      Path plans, Path data, Map<String, String> environment, String... options)
      throws IOException {
    ServedRepli repli = launch(plans, data, environment, options);
    try {
      repli.awaitAnswer();
      return repli;
    } catch (RuntimeException failure) {
      repli.close();
      throw failure;
    }
  }

  /** As {@link #start}, but does not wait: what was left undone may go on before it answers. */
  static ServedRepli launch(
      Path plans, Path data, Map<String, String> environment, String... options)
      throws IOException {
    int port = Ports.free();
    Path log = Files.createTempFile(Files.createDirectories(data), "output", ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR,
                "serve",
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--server.tomcat.basedir=" + data.resolve("tomcat"),
                "--repli.plans-dir=" + plans,
                "--repli.data-dir=" + data,
                "--repli.demo.users=true",
                "--repli.demo.password=" + PASSWORD));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new ServedRepli(builder.start(), log, URI.create("http://127.0.0.1:" + port));
  }

  /** Waits until it answers. */
  void awaitAnswer() {
    await().atMost(Duration.ofMinutes(8)).until(this::answers);
  }

  private boolean answers() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Repli ended: " + Files.readString(log));
    }
    try {
      return get("/api/runs?limit=1").isArray();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where its pages are. */
  String base() {
    return base.toString();
  }

  /** Of everybody. */
  String password() {
    return PASSWORD;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}; returns when it is dead. */
  void kill() {
    try {
      process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** An operator starts the rollback for an incident, whose key is the run's. */
  String report(String incident) throws IOException {
    RepliApi.Answer answer =
        api.post(
            DemoUser.named("op1", users),
            "/engine-rest/process-definition/key/RollbackProcess/start",
            Map.of(
                "businessKey",
                incident,
                "variables",
                Map.of(
                    "planId", Map.of("value", LabPlan.ID),
                    "summary", Map.of("value", "Checkout fails"))));
    assertThat(answer.ok()).as(answer.text()).isTrue();
    return incident;
  }

  /** An operator starts a runbook of the plan; the run's key. */
  String begin(String runbook) throws IOException {
    RepliApi.Answer answer =
        api.postText(
            DemoUser.named("op1", users), "/api/plans/" + LabPlan.ID + "/" + runbook, "{}");
    assertThat(answer.ok()).as(answer.text()).isTrue();
    return answer.body().path("key").asText();
  }

  RepliApi.Answer abort(String run) throws IOException {
    return api.post(
        DemoUser.named("op1", users),
        "/api/runs/" + run + "/abort",
        Map.of("reason", "the incident is over"));
  }

  /** The people of the demo do what waits for them, and always say yes. */
  void work() throws IOException {
    people.work();
  }

  /** An operator wants a failed step tried again. */
  void tryFailedStepAgain() throws IOException {
    RepliApi.Answer answer =
        answer("op1", "Decide on failed step", Map.of("failedStepAnswer", "TRY_AGAIN"));
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }

  /** Somebody claims the open task whose name begins so, and answers it. */
  RepliApi.Answer answer(String name, String task, Map<String, ?> answers) throws IOException {
    DemoUser user = DemoUser.named(name, users);
    String path = "/engine-rest/task/" + task(task);
    RepliApi.Answer claimed = api.post(user, path + "/claim", Map.of("userId", name));
    if (!claimed.ok()) {
      return claimed;
    }
    Map<String, Object> variables = new LinkedHashMap<>();
    answers.forEach((key, value) -> variables.put(key, Map.of("value", value)));
    return api.post(user, path + "/submit-form", Map.of("variables", variables));
  }

  RepliApi.Answer post(String name, String path, Map<String, ?> body) throws IOException {
    return api.post(DemoUser.named(name, users), path, body);
  }

  /** What a page answers this person, also when it is no JSON. */
  RepliApi.Answer read(String name, String path) throws IOException {
    return api.get(DemoUser.named(name, users), path);
  }

  /** Id of the open task whose name begins so; empty when there is none. */
  String task(String name) throws IOException {
    for (JsonNode task : get("/engine-rest/task")) {
      if (task.path("name").asText().startsWith(name)) {
        return task.path("id").asText();
      }
    }
    return "";
  }

  JsonNode get(String path) throws IOException {
    return get("admin", path);
  }

  JsonNode get(String name, String path) throws IOException {
    return api.get(DemoUser.named(name, users), path).body();
  }

  /** Milestones of a run with this name. */
  long milestones(String run, String name) throws IOException {
    long found = 0;
    for (JsonNode entry : get("/api/runs/" + run + "/timeline")) {
      found += entry.path("evidence").path("name").asText().equals(name) ? 1 : 0;
    }
    return found;
  }

  /** Whether a milestone of a run says this. */
  boolean said(String run, String words) throws IOException {
    for (JsonNode entry : get("/api/runs/" + run + "/timeline")) {
      if (entry.path("evidence").path("text").asText().contains(words)) {
        return true;
      }
    }
    return false;
  }

  /** How a run ended; empty while it runs. */
  String result(String run) throws IOException {
    JsonNode state = get("/api/runs/" + run);
    return RunWatch.ended(state) ? state.path("result").asText() : "";
  }

  @Override
  public void close() {
    kill();
  }
}
