package dev.repli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The people's part in a real browser, on the demo as a reader starts it. Pictures of every step
 * are kept in {@code target/screenshots}; {@code scripts/update-images} takes the README's from
 * there.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class TasklistIT {
  private static final Path PICTURES = Path.of("target/screenshots");
  @TempDir Path folder;

  @Test
  void peopleRollBackInTasklistAndReadTheFinishedRunInCockpit()
      throws IOException, InterruptedException {
    Files.createDirectories(PICTURES);
    try (DemoProcess demo = DemoProcess.start(folder, "--port=18090");
        Chromium chromium = Chromium.start()) {
      Browser browser = chromium.browser();
      awaitOutput(demo, "Ctrl-C ends everything");
      String base = "http://" + found("Tasklist +http://([^/]+)/", demo.output());
      String password = found("password: (\\S+)", demo.output());
      paste(found("(?m)^(curl -u monitor1.*)$", demo.output()));

      try {
        assessIncident(browser, base, password);
        approve(browser, base, password, "INC-1001");
        validate(browser, base, password, "INC-1001");
        awaitOutput(demo, "ended: Rolled back to source");
        readInCockpit(browser, base, password);
      } finally {
        Files.writeString(PICTURES.resolve("demo.txt"), demo.output());
      }
    }
  }

  @Test
  void peopleCutOverInTasklistAndRollBackWithinTheWindow() throws IOException {
    Files.createDirectories(PICTURES);
    try (DemoProcess demo = DemoProcess.start(folder, "cutover", "--port=18092");
        Chromium chromium = Chromium.start()) {
      Browser browser = chromium.browser();
      awaitOutput(demo, "op1 starts a cutover: run");
      String base = found("(http://\\S+)/camunda/app/tasklist/", demo.output());
      String password = found("password: (\\S+)", demo.output());
      String cutover = found("starts a cutover: run (\\S+)", demo.output());
      try (TasklistPage room = TasklistPage.logIn(browser, base, "mgr1", password, PICTURES)) {
        lookOn(room, cutover);
        approveCutover(browser, base, password, cutover);
        awaitOutput(demo, "op1 starts a rollback: run");
        String rollback = found("starts a rollback: run (\\S+)", demo.output());
        assess(browser, base, password, rollback, "of which at most 5 s without a writer");
        approve(browser, base, password, rollback);
        validate(browser, base, password, rollback);
        awaitOutput(demo, "Round 2 of 3");
        seeTheEnd(room, cutover);
        readReport(browser, base, password, cutover);
      } finally {
        Files.writeString(PICTURES.resolve("demo-cutover.txt"), demo.output());
      }
    }
  }

  private static void approveCutover(Browser browser, String base, String password, String run) {
    try (TasklistPage approver = TasklistPage.logIn(browser, base, "lead1", password, PICTURES)) {
      approver.claim("Approve cutover " + run);
      Locator form = approver.page().locator(".fjs-form");
      approver.picture(name(run, "0-approve"));
      String named = found("have to be named in the reason of an approval: (.*)", form.innerText());
      approver.chooseExactly("Approve");
      approver.write("Reason", "Quiet hours, everybody is here. Seen: " + named);
      approver.picture(name(run, "0-approve-answered"));
      approver.complete();
    }
  }

  private static void lookOn(TasklistPage room, String run) {
    room.open("/runs/" + run);
    room.page().getByText("Approve cutover " + run).first().waitFor();
    room.picture(name(run, "war-room"));
  }

  /** On the page as it was opened: nobody loads it again. */
  private static void seeTheEnd(TasklistPage room, String run) {
    room.page().getByText("ended: Rolled back").first().waitFor();
    assertThat(room.page().locator("#live").innerText())
        .contains("0 lost, 0 duplicated", "verification")
        .doesNotContain("Who is wanted");
    assertThat(room.page().locator("#connection").innerText()).isEmpty();
    room.wholePicture(name(run, "war-room-ended"));
  }

  private static void readReport(Browser browser, String base, String password, String run) {
    try (TasklistPage manager = TasklistPage.logIn(browser, base, "mgr1", password, PICTURES)) {
      manager.open("/api/runs/" + run + "/report");
      assertThat(manager.page().locator("body").innerText()).contains(run, "Rolled back", "lost");
      manager.picture(name(run, "7-report"));
    }
  }

  private static void awaitOutput(DemoProcess demo, String text) throws IOException {
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> !demo.isAlive() || demo.output().contains(text));
    assertThat(demo.output()).contains(text);
  }

  private static void assess(
      Browser browser, String base, String password, String run, String shown) {
    try (TasklistPage operator = TasklistPage.logIn(browser, base, "op1", password, PICTURES)) {
      operator.claim("Assess the rollback " + run);
      assertThat(operator.page().locator(".fjs-form").innerText())
          .contains(shown, "Nothing acknowledged is lost");
      operator.picture(name(run, "1-assess-rollback"));
      operator.choose("Go: ask for the approval");
      operator.write("Why?", "Checkout fails for most customers; no fix in sight.");
      operator.picture(name(run, "2-assess-rollback-answered"));
      operator.complete();
    }
  }

  private static void assessIncident(Browser browser, String base, String password) {
    try (TasklistPage operator = TasklistPage.logIn(browser, base, "op1", password, PICTURES)) {
      operator.claim("Assess the incident INC-1001");
      assertThat(operator.page().locator(".fjs-form").innerText())
          .contains("Checkout fails for most customers", "inconclusive");
      operator.picture("1-assess-incident");
      operator.choose("Critical for the business, and not fixable within 30 minutes: roll back");
      operator.write("Why?", "Checkout fails for most customers; no fix in sight.");
      operator.complete();
    }
  }

  private static void approve(Browser browser, String base, String password, String run) {
    try (TasklistPage approver = TasklistPage.logIn(browser, base, "lead1", password, PICTURES)) {
      approver.claim("Approve rollback " + run);
      approver.picture(name(run, "3-approve-rollback"));
      approver.page().getByText("Diagram", new Page.GetByTextOptions().setExact(true)).click();
      approver.page().locator(".djs-container").first().waitFor();
      approver.picture(name(run, "4-diagram-of-the-step"));
      approver.page().getByText("Form", new Page.GetByTextOptions().setExact(true)).click();
      approver.choose("Approve");
      approver.picture(name(run, "5-approve-rollback-answered"));
      approver.complete();
    }
  }

  private static void validate(Browser browser, String base, String password, String run) {
    try (TasklistPage operator = TasklistPage.logIn(browser, base, "op1", password, PICTURES)) {
      operator.claim("Validate the application " + run);
      operator.choose("It works");
      operator.choose("The application team has just gone through");
      operator.picture(name(run, "6-validate-application"));
      operator.complete();
    }
  }

  private static void readInCockpit(Browser browser, String base, String password) {
    try (TasklistPage manager = TasklistPage.logIn(browser, base, "mgr1", password, PICTURES)) {
      manager.open("/camunda/app/cockpit/default/#/processes");
      manager
          .page()
          .getByText("Rollback", new Page.GetByTextOptions().setExact(true))
          .first()
          .click();
      manager.page().locator(".djs-container").first().waitFor();
      manager.settle();
      manager.picture("7-rollback-diagram");
      manager.page().getByText("Finished runs").first().click();
      Locator run =
          manager
              .page()
              .getByText("INC-1001-rollback", new Page.GetByTextOptions().setExact(true))
              .first();
      run.waitFor();
      manager.picture("8-finished-runs");
      run.click();
      manager.page().getByText("Rolled back to source").first().waitFor();
      manager.settle();
      manager.picture("9-finished-run");
      manager.page().navigate(base + reportOf(manager));
      assertThat(manager.page().locator("body").innerText())
          .contains("INC-1001", "Rolled back to source", "lost");
      manager.picture("10-report");
    }
  }

  private static String reportOf(TasklistPage manager) {
    return manager.page().getByText("Report with the ledger").getAttribute("href");
  }

  /** The pictures of the first test are the README's. */
  private static String name(String run, String step) {
    return run.equals("INC-1001") ? step : "cutover-" + step;
  }

  /** What the reader does with the printed line. */
  private static void paste(String line) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
    String answer = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as(answer).isZero();
    assertThat(answer).contains("\"effect\":\"STARTED\"");
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }
}
