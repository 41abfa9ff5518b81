package dev.repli.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
        Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox")))) {
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> !demo.isAlive() || demo.output().contains("Ctrl-C ends everything"));
      String base = "http://" + found("Tasklist +http://([^/]+)/", demo.output());
      String password = found("password: (\\S+)", demo.output());
      paste(found("(?m)^(curl -u monitor1.*)$", demo.output()));

      try {
        assess(browser, base, password);
        approve(browser, base, password);
        validate(browser, base, password);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> demo.output().contains("ended: Rolled back to source"));
        readInCockpit(browser, base, password);
      } finally {
        Files.writeString(PICTURES.resolve("demo.txt"), demo.output());
      }
    }
  }

  private static void assess(Browser browser, String base, String password) {
    try (TasklistPage operator = TasklistPage.logIn(browser, base, "op1", password, PICTURES)) {
      operator.claim("Assess the rollback INC-1001");
      assertThat(operator.page().locator(".fjs-form").innerText())
          .contains("Checkout fails for most customers", "Nothing acknowledged is lost");
      operator.picture("1-assess-rollback");
      operator.choose("Go: ask for the approval");
      operator.write("Why?", "Checkout fails for most customers; no fix in sight.");
      operator.picture("2-assess-rollback-answered");
      operator.complete();
    }
  }

  private static void approve(Browser browser, String base, String password) {
    try (TasklistPage approver = TasklistPage.logIn(browser, base, "lead1", password, PICTURES)) {
      approver.claim("Approve rollback INC-1001");
      approver.picture("3-approve-rollback");
      approver.page().getByText("Diagram", new Page.GetByTextOptions().setExact(true)).click();
      approver.page().locator(".djs-container").first().waitFor();
      approver.picture("4-diagram-of-the-step");
      approver.page().getByText("Form", new Page.GetByTextOptions().setExact(true)).click();
      approver.choose("Approve");
      approver.picture("5-approve-rollback-answered");
      approver.complete();
    }
  }

  private static void validate(Browser browser, String base, String password) {
    try (TasklistPage operator = TasklistPage.logIn(browser, base, "op1", password, PICTURES)) {
      operator.claim("Validate the application INC-1001");
      operator.choose("It works");
      operator.choose("The application team has just gone through");
      operator.picture("6-validate-application");
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
      Locator run = manager.page().getByText("INC-1001").first();
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

  private static Path chromium() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Chromium: run scripts/install-test-tools first"));
  }
}
