package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.RepliApplication;
import dev.repli.communication.Matrix;
import dev.repli.communication.Moment.Phase;
import dev.repli.communication.Moment.Weight;
import dev.repli.communication.TableMatrix;
import dev.repli.journal.Journal;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What is written to users waits for the communication team, who read and answer it in a real
 * browser. Pictures are kept in {@code target/screenshots}.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class DraftInTasklistIT {
  private static final Path PICTURES = Path.of("target/screenshots");
  private static final String PASSWORD = DemoUser.randomPassword();

  @TempDir Path directory;
  private ConfigurableApplicationContext repli;
  private Chromium chromium;
  private String base = "";

  @BeforeEach
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void start() throws IOException {
    Files.createDirectories(PICTURES);
    // nothing answers there: people write about what happens, whatever the servers do
    MonitoredRepli.plan(directory, 1, "env:PATH", "evaluateEvery: 10m\n");
    Path plan = directory.resolve("plans/shop.yaml");
    Files.writeString(
        plan,
        "communication:\n  service: Online shop\n  contact: help@shop.example\n",
        StandardOpenOption.APPEND);
    for (String other : List.of("books", "toys")) {
      Files.writeString(
          directory.resolve("plans/" + other + ".yaml"),
          Files.readString(plan).replace("id: shop", "id: " + other));
    }
    int port = Ports.free();
    base = "http://127.0.0.1:" + port;
    SpringApplication application = new SpringApplication(RepliApplication.class);
    application.setRegisterShutdownHook(false);
    application.addInitializers(DraftInTasklistIT::doesNotWaitAnHour);
    repli =
        application.run(
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--server.tomcat.basedir=" + directory.resolve("tomcat"),
            "--repli.plans-dir=" + directory.resolve("plans"),
            "--repli.data-dir=" + directory.resolve("data"),
            "--repli.monitor.enabled=false",
            "--repli.demo.users=true",
            "--repli.demo.password=" + PASSWORD);
    chromium = Chromium.start();
  }

  private static void doesNotWaitAnHour(ConfigurableApplicationContext context) {
    TableMatrix table = new TableMatrix();
    Matrix hasty =
        (phase, audience) ->
            phase == Phase.INCIDENT && audience == Audience.COMMUNICATION
                ? List.of(
                    new Matrix.Rule(
                        Matrix.Means.DRAFT, Weight.END, Optional.of(Duration.ofSeconds(1))))
                : table.rules(phase, audience);
    ((GenericApplicationContext) context)
        .registerBean(
            "hastyMatrix", Matrix.class, () -> hasty, definition -> definition.setPrimary(true));
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (repli != null) {
      repli.close();
    }
  }

  @Test
  void theTeamReadsWhyAnAnswerDoesNotCountAndThenSendsOneMessageAndHoldsAnotherBack()
      throws IOException {
    report("shop", "INC-1");
    report("books", "INC-2");
    report("toys", "INC-3");
    try (TasklistPage team = logIn("com1")) {
      sends(team);
      holdsBack(team);
      isTooLate(team);
    }
  }

  private void sends(TasklistPage team) {
    team.claim("Approve the message INC-1");
    assertThat(team.completeInVain()).contains("Is it sent?: Field is required.");
    team.choose("Do not send it");
    assertThat(team.completeInVain())
        .contains("\"Do not send it\" (DO_NOT_SEND) needs a reason in \"Why\"")
        .doesNotContain("Cannot submit");
    team.picture("draft-1-refused");
    team.choose("Send the changed text");
    assertThat(team.completeInVain())
        .contains("no text is changed: change one, or answer \"Send it as shown\" (SEND)");
    team.write("English text", "");
    assertThat(team.completeInVain())
        .contains("\"English text\" (textEn) is empty: write what is sent");
    team.write("English text", "Checkout fails; we work on it. <b>Ada</b>");
    team.picture("draft-2-changed");
    team.complete();
    awaitMilestone("INC-1", "MESSAGE_CHANGED");
    team.open("/status");
    assertThat(team.page().locator("body").innerText()).contains("we work on it. <b>Ada</b>");
  }

  private void holdsBack(TasklistPage team) {
    team.open("/camunda/app/tasklist/default/");
    team.claim("Approve the message INC-2");
    team.choose("Do not send it");
    team.write("Why", "Nobody outside has noticed.");
    team.complete();
    awaitMilestone("INC-2", "MESSAGE_REFUSED");
  }

  /** Answered elsewhere while the form is open here. */
  private void isTooLate(TasklistPage team) throws IOException {
    team.claim("Approve the message INC-3");
    team.choose("Send it as shown");
    RepliApi api = new RepliApi(URI.create(base));
    DemoUser other = DemoUser.named("admin", DemoUser.all(PASSWORD));
    String task =
        api.get(other, "/engine-rest/task?assignee=com1").body().path(0).path("id").asText();
    RepliApi.Answer elsewhere =
        api.post(
            other,
            "/engine-rest/task/" + task + "/submit-form",
            Map.of("variables", Map.of("messageAnswer", Map.of("value", "SEND"))));
    assertThat(elsewhere.ok()).as(elsewhere.text()).isTrue();
    assertThat(team.completeInVain()).contains("Somebody else or the clock was faster");
    awaitMilestone("INC-3", "MESSAGE_APPROVED");
  }

  private void awaitMilestone(String run, String name) {
    Journal journal = repli.getBean(Journal.class);
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> journal.newestMilestone(new RunKey(run), name).isPresent());
  }

  private TasklistPage logIn(String user) {
    return TasklistPage.logIn(chromium.browser(), base, user, PASSWORD, PICTURES);
  }

  private void report(String plan, String incident) throws IOException {
    RepliApi.Answer answer =
        new RepliApi(URI.create(base))
            .post(
                DemoUser.named("monitor1", DemoUser.all(PASSWORD)),
                "/api/incidents",
                Map.of(
                    "planId",
                    plan,
                    "incidentId",
                    incident,
                    "source",
                    "monitoring",
                    "severity",
                    "high",
                    "summary",
                    "Checkout fails",
                    "startedAt",
                    Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS).toString(),
                    "status",
                    "firing"));
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }
}
