package dev.repli.lab;

import dev.repli.lab.LossyLink.Loss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Repli's own database on a real server, behind two links in a row. Each can kill Repli with {@code
 * kill -9} when it sends a chosen statement, which then never arrives: what was committed before it
 * is there, and the transaction that it belongs to is gone.
 */
final class OwnDatabaseLinks implements AutoCloseable {
  private final Resources resources = new Resources();
  private final String password = DemoUser.randomPassword();
  private final LossyLink near;
  private final LossyLink far;

  OwnDatabaseLinks(Path directory) throws IOException {
    MariaDbServer server =
        resources.add(
            MariaDbServer.start(
                ServerInstallation.fromMaven(),
                ServerSettings.of(9).with("log_bin_trust_function_creators", "1"),
                LabAccounts.random(),
                directory));
    server.run(
        true,
        "CREATE DATABASE repli",
        "CREATE USER engine@127.0.0.1 IDENTIFIED BY '" + password + "'",
        "GRANT ALL ON repli.* TO engine@127.0.0.1");
    far = resources.add(LossyLink.to(server.port()));
    near = resources.add(LossyLink.to(far.port()));
  }

  /**
   * Launches a Repli that has this database; does not wait.
   *
   * @param deadly parts of statements at which it is killed: one, or whichever of two comes first
   */
  ServedRepli launch(Path plans, Path data, String... deadly) throws IOException {
    return launch(plans, data, List.of(), deadly);
  }

  /**
   * As above.
   *
   * @param options more settings of Repli
   */
  ServedRepli launch(Path plans, Path data, List<String> options, String... deadly)
      throws IOException {
    CompletableFuture<ServedRepli> launched = new CompletableFuture<>();
    killAt(launched, deadly);
    List<String> all = new ArrayList<>(options);
    all.add("--repli.node-id=repli-1");
    all.add("--spring.datasource.url=jdbc:mariadb://127.0.0.1:" + near.port() + "/repli");
    all.add("--spring.datasource.username=engine");
    ServedRepli repli =
        ServedRepli.launch(
            plans,
            data,
            Map.of("SPRING_DATASOURCE_PASSWORD", password),
            all.toArray(String[]::new));
    launched.complete(repli);
    return repli;
  }

  /** It is killed at one of these from now on. */
  void killAt(ServedRepli repli, String... deadly) {
    killAt(CompletableFuture.completedFuture(repli), deadly);
  }

  private void killAt(CompletableFuture<ServedRepli> repli, String... deadly) {
    near.hasLost();
    far.hasLost();
    if (deadly.length > 0) {
      near.loseAnswerTo(deadly[0], Loss.BEFORE, () -> repli.join().kill());
    }
    if (deadly.length > 1) {
      far.loseAnswerTo(deadly[1], Loss.BEFORE, () -> repli.join().kill());
    }
  }

  /** Whether the first of the chosen statements came; it kills nobody any more. */
  boolean firstCame() {
    return near.hasLost();
  }

  /** As above, of the second. */
  boolean secondCame() {
    return far.hasLost();
  }

  @Override
  public void close() {
    resources.close();
  }
}
