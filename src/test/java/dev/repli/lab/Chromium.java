package dev.repli.lab;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The browser that is installed on this machine; nothing is downloaded. */
record Chromium(Playwright playwright, Browser browser) implements AutoCloseable {
  static Chromium start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(program())
                      .setArgs(List.of("--no-sandbox"))));
    } catch (RuntimeException | AssertionError failure) {
      playwright.close();
      throw failure;
    }
  }

  private static Path program() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/snap/bin/chromium").stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Chromium: run scripts/install-test-tools first"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
