package dev.repli.lab;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;

/** One person's browser: logged in, in a window of a laptop's size. */
final class TasklistPage implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;
  private static final int LOOK_MILLIS = 15_000;
  private static final int LOOKS = 10;
  private static final int WIDTH = 1366;
  private static final int HEIGHT = 900;
  private static final int HIGH = 2400;

  private final BrowserContext context;
  private final Page page;
  private final String base;
  private final Path pictures;

  private TasklistPage(BrowserContext context, Page page, String base, Path pictures) {
    this.context = context;
    this.page = page;
    this.base = base;
    this.pictures = pictures;
  }

  /** Logs in; the one login is good for Tasklist and Cockpit. */
  static TasklistPage logIn(
      Browser browser, String base, String user, String password, Path pictures) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT).setLocale("en-GB"));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    Page page = context.newPage();
    page.navigate(base + "/login");
    page.fill("input[name=username]", user);
    page.fill("input[name=password]", password);
    page.click("button[type=submit]");
    page.waitForURL(url -> url.contains("/camunda/app/tasklist"));
    return new TasklistPage(context, page, base, pictures);
  }

  Page page() {
    return page;
  }

  /** Opens the task whose name contains the text, once it is in the first list, and claims it. */
  void claim(String task) {
    Locator entry = page.locator(".task h4").filter(new Locator.FilterOptions().setHasText(task));
    for (int look = 1; !seen(entry); look++) {
      if (look == LOOKS) {
        picture("no-such-task");
        throw new AssertionError("no task \"" + task + "\" in the first list");
      }
      page.navigate(base + "/camunda/app/tasklist/default/");
    }
    entry.first().click();
    button("Claim").first().click();
    // the form stands there before; only a claimed one takes answers
    button("Claim").first().waitFor(hidden());
    page.locator(".fjs-form").waitFor();
  }

  private static boolean seen(Locator entry) {
    try {
      entry.first().waitFor(new Locator.WaitForOptions().setTimeout(LOOK_MILLIS));
      return true;
    } catch (TimeoutError notYet) {
      return false;
    }
  }

  void choose(String answer) {
    page.getByLabel(answer).check();
  }

  /** Where a longer label begins with the same words. */
  void chooseExactly(String answer) {
    page.getByLabel(answer, new Page.GetByLabelOptions().setExact(true)).check();
  }

  void write(String label, String text) {
    page.getByLabel(label).fill(text);
  }

  /** What stands in a field. */
  String value(String label) {
    return page.getByLabel(label).inputValue();
  }

  void complete() {
    Response answer =
        page.waitForResponse(
            any -> any.url().endsWith("/submit-form"), () -> button("Complete").click());
    if (!answer.ok()) {
      throw new AssertionError("the task was not completed: " + answer.text());
    }
    page.locator(".fjs-form").waitFor(hidden());
  }

  /** Sends an answer that does not count. Returns what the screen says about it. */
  String completeInVain() {
    button("Complete").click();
    Locator said = page.locator("[notifications-panel] .alert-danger").first();
    said.locator(".message:not(:empty)").waitFor();
    String why = said.innerText();
    said.locator("button:visible").click();
    said.waitFor(hidden());
    return why;
  }

  private static Locator.WaitForOptions hidden() {
    return new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN);
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  void open(String path) {
    page.navigate(base + path);
  }

  /** Waits until nothing on the page says any more that it is loading. */
  void settle() {
    page.waitForCondition(() -> !page.locator("body").innerText().contains("oading"));
  }

  void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(pictures.resolve(name + ".png")));
  }

  /** Also of what one has to scroll to. */
  void wholePicture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(pictures.resolve(name + ".png")));
  }

  /** The same in Tasklist, where the form scrolls, and not the page. */
  void wholeForm(String name) {
    page.setViewportSize(WIDTH, HIGH);
    picture(name);
    page.setViewportSize(WIDTH, HEIGHT);
  }

  @Override
  public void close() {
    context.close();
  }
}
