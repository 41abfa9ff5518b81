package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What people do from the alert to the last action of the post-mortem, in a real browser on the
 * packaged application: operator, two approvers, communication and manager. Pictures of every step
 * are kept in {@code target/screenshots}.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class IncidentToPostMortemIT {
  private static final Path PICTURES = Path.of("target/screenshots");
  private static final String INCIDENT = "INC-2042";
  private static final String ROLLBACK = INCIDENT + "-rollback";
  private static final String SERVICE = "Online shop";

  @TempDir Path directory;
  private SwitchTopology topology;
  private ServedRepli repli;
  private Chromium chromium;

  @BeforeEach
  void start() throws IOException {
    assumeThat(LabHaproxy.program()).as("scripts/install-test-tools").isPresent();
    Files.createDirectories(PICTURES);
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology = SwitchTopology.start(directory.resolve("lab"), maria, maria, "  gateWait: 20s\n");
    Files.writeString(
        topology.plans().resolve(topology.planId() + ".yaml"),
        """
        communication:
          service: %s
          contact: help@shop.example
        """
            .formatted(SERVICE),
        StandardOpenOption.APPEND);
    topology.write(50);
    repli = ServedRepli.start(topology.plans(), directory.resolve("data"), Map.of());
    chromium = Chromium.start();
  }

  @AfterEach
  void stop() {
    if (chromium != null) {
      chromium.close();
    }
    if (repli != null) {
      repli.close();
    }
    if (topology != null) {
      topology.close();
    }
  }

  @Test
  void fivePeopleGoFromTheAlertToTheLastActionOfThePostMortem() throws IOException {
    anAlertIsPosted();
    theOperatorTriesTheFixAndThenRollsBack();
    theLeadApproves();
    theOperatorValidates();
    everybodyReadsTheStatusPage("Works", "Online shop works again");
    PostMortemPeople people =
        new PostMortemPeople(chromium.browser(), repli.base(), repli.password(), PICTURES);
    people.operatorWrites(INCIDENT);
    people.approverSendsBack(INCIDENT);
    people.operatorWritesMore(INCIDENT);
    people.approverAccepts(INCIDENT);
    people.communicationActs(INCIDENT);
    awaitResult(ROLLBACK + "-post-mortem", "Post-mortem published, actions ended");
    theManagerReadsEverything();
  }

  private void anAlertIsPosted() throws IOException {
    RepliApi.Answer answer =
        repli.post(
            "monitor1",
            "/api/incidents",
            Map.of(
                "planId",
                topology.planId(),
                "incidentId",
                INCIDENT,
                "source",
                "monitoring",
                "severity",
                "high",
                "summary",
                "Checkout fails for most customers since the cutover",
                "startedAt",
                Instant.now().minusSeconds(90).truncatedTo(ChronoUnit.SECONDS).toString(),
                "metrics",
                Map.of("errorRate", 0.61, "latencyP95Ms", 840),
                "status",
                "firing"));
    assertThat(answer.ok()).as(answer.text()).isTrue();
  }

  private void theOperatorTriesTheFixAndThenRollsBack() {
    try (TasklistPage operator = logIn("op1")) {
      operator.claim("Assess the incident " + INCIDENT);
      assertThat(form(operator)).contains("Checkout fails for most customers", "inconclusive");
      operator.wholeForm("after-01-assess-incident");
      operator.choose("Critical for the business, and fixable within 30 minutes: try the fix");
      operator.write("Why?", "A configuration error looks likely.");
      operator.complete();
      operator.claim("Try the fix " + INCIDENT);
      operator.picture("after-02-try-fix");
      operator.chooseExactly("Not fixed, and it cannot be in time");
      operator.write("What was done?", "Configuration put back; it still fails.");
      operator.complete();
      operator.claim("Assess the incident " + INCIDENT);
      operator.choose("Critical for the business, and not fixable within 30 minutes: roll back");
      operator.write("Why?", "Checkout fails for most customers; the fix did not help.");
      operator.complete();
    }
  }

  private void theLeadApproves() {
    try (TasklistPage lead = logIn("lead1")) {
      lead.claim("Approve rollback " + INCIDENT);
      assertThat(form(lead)).contains("Nothing acknowledged is lost");
      assertThat(lead.value("The operator says"))
          .startsWith("op1: Checkout fails for most customers; the fix did not help.")
          .contains("Verdict of the criteria: inconclusive (high)");
      lead.wholeForm("after-03-approve-rollback");
      lead.choose("Approve");
      lead.complete();
    }
  }

  private void theOperatorValidates() throws IOException {
    try (TasklistPage operator = logIn("op1")) {
      operator.claim("Validate the application " + INCIDENT);
      operator.picture("after-04-validate-application");
      operator.choose("It works");
      operator.choose("The application team has just gone through");
      operator.complete();
    }
    awaitResult(ROLLBACK, "Rolled back to source");
  }

  /** Without a login and without JavaScript. */
  private void everybodyReadsTheStatusPage(String state, String said) {
    try (BrowserContext anybody =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setLocale("en-GB")
                    .setViewportSize(420, 800))) {
      Page page = anybody.newPage();
      await()
          .atMost(Duration.ofMinutes(2))
          .untilAsserted(
              () -> {
                page.navigate(repli.base() + "/status");
                assertThat(page.locator("body").innerText()).contains(SERVICE, state, said);
              });
      page.screenshot(
          new Page.ScreenshotOptions()
              .setFullPage(true)
              .setPath(PICTURES.resolve("after-05-status.png")));
      assertThat(page.content())
          .doesNotContain("127.0.0.1", "localhost", topology.planId(), INCIDENT, "MariaDB", "op1");
      assertThat(page.content()).doesNotContain("<script", "lead1", "source", "target", "Checkout");
    }
  }

  private void theManagerReadsEverything() {
    try (TasklistPage manager = logIn("mgr1")) {
      manager.open("/camunda/app/cockpit/default/#/processes");
      manager
          .page()
          .getByText("Post-mortem", new Page.GetByTextOptions().setExact(true))
          .first()
          .click();
      manager.page().locator(".djs-container").first().waitFor();
      manager.settle();
      manager.picture("after-10-cockpit-post-mortem");
      manager.open("/");
      manager.wholePicture("after-11-home");
      read(manager, INCIDENT + "/report?format=html", "after-12-triage-report", INCIDENT);
      read(manager, ROLLBACK + "/report?format=html", "after-13-report", "Rolled back to source");
      read(manager, ROLLBACK + "/post-mortem", "after-14-post-mortem", "accepted by pm1");
      read(manager, ROLLBACK + "/watch.html", "after-15-watch", "Round 1");
    }
  }

  private static void read(TasklistPage manager, String page, String picture, String said) {
    manager.open("/api/runs/" + page);
    assertThat(manager.page().locator("body").innerText()).contains(said);
    manager.wholePicture(picture);
  }

  private TasklistPage logIn(String user) {
    return TasklistPage.logIn(chromium.browser(), repli.base(), user, repli.password(), PICTURES);
  }

  private static String form(TasklistPage page) {
    Locator form = page.page().locator(".fjs-form");
    return form.innerText();
  }

  private void awaitResult(String run, String result) {
    await()
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(() -> assertThat(repli.result(run)).isEqualTo(result));
  }
}
