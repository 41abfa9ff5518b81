package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.repli.lab.LossyLink.Loss;
import dev.repli.plan.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application with its engine: killed in each part of a run, aborted while its switch
 * begins, and twice at once. Judged by the clients' log and a sampler on both nodes.
 */
class ApplicationFaultsIT {
  private static final Duration LEASE = Duration.ofSeconds(10);

  @TempDir Path directory;
  private SwitchTopology topology;
  private PlanLinks links;
  private WriterSampler sampler;

  @BeforeEach
  void start() {
    ServerInstallation maria = ServerInstallation.fromMaven();
    topology =
        SwitchTopology.start(
            directory.resolve("lab"), maria, maria, "  gateWait: 20s\n  gate: 1s\n");
    links = PlanLinks.through(topology, directory.resolve("plans"));
    sampler = WriterSampler.start(topology, Node.Role.TARGET);
    topology.write(200);
  }

  @AfterEach
  void stop() {
    sampler.close();
    links.close();
    topology.close();
  }

  private ServedRepli serve() throws IOException {
    return ServedRepli.start(links.plans(), directory.resolve("data"), Map.of());
  }

  /** On a busy machine a call may take longer than its client waits. */
  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).ignoreExceptionsInstanceOf(IOException.class);
  }

  @Test
  void aRunThatIsKilledInEachOfItsPartsEndsCorrectly() throws IOException {
    String run;
    try (ServedRepli repli = serve()) {
      run = repli.report("INC-1");
      soon().until(() -> isThere(repli, "Approve rollback"));
    }
    try (ServedRepli repli = serve()) {
      assertThat(repli.task("Approve rollback")).as("the task is still there").isNotEmpty();
      dieAfter(repli, Node.Role.TARGET, "SET GLOBAL read_only = ON");
    }
    try (ServedRepli repli = serve()) {
      soon().until(() -> !repli.task("Decide on failed step").isEmpty());
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isZero();
      soon().until(() -> sampler.accepts(Node.Role.TARGET, 500));
      assertThat(sampler.longestWithoutWriterMillis()).isLessThan(LEASE.plusSeconds(1).toMillis());
      repli.tryFailedStepAgain();
      dieAfter(repli, Node.Role.SOURCE, "STOP SLAVE");
    }
    try (ServedRepli repli = serve()) {
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isEqualTo(1);
      await().atMost(Duration.ofSeconds(15)).until(() -> sampler.accepts(Node.Role.SOURCE, 500));
      links.to(Node.Role.SOURCE).loseAnswerTo("FROM app.orders", Loss.CUT, repli::kill);
      soon().until(() -> dead(repli));
    }
    try (ServedRepli repli = serve()) {
      assertThat(repli.milestones(run, "SWITCH_ENDED")).as("undone, then moved").isEqualTo(2);
      assertThat(workToItsEnd(repli, run)).isEqualTo("Rolled back to source");
      assertThat(repli.milestones(run, "POINT_OF_NO_RETURN")).isEqualTo(1);
      judge(Node.Role.SOURCE);
    }
  }

  @Test
  void anAbortWhileTheSwitchPreparesLeavesTheWriterWhereItIs() throws IOException {
    try (ServedRepli repli = serve()) {
      String run = repli.report("INC-2");
      CompletableFuture<RepliApi.Answer> abort = new CompletableFuture<>();
      links
          .to(Node.Role.TARGET)
          .loseAnswerTo("DO GET_LOCK(", Loss.LATE, () -> abort.complete(abort(repli, run)));
      assertThat(workToItsEnd(repli, run)).isEqualTo("Rollback aborted");
      assertThat(abort.join().ok()).as(abort.join().text()).isTrue();
      assertThat(repli.milestones(run, "SWITCH_ARMED")).isZero();
      judge(Node.Role.TARGET);
      assertThat(sampler.longestWithoutWriterMillis()).isLessThan(1000);
    }
  }

  private static RepliApi.Answer abort(ServedRepli repli, String run) {
    try {
      return repli.abort(run);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void twoRepliOnOneDatabaseDoARunOnce() throws IOException {
    ServerInstallation maria = ServerInstallation.fromMaven();
    LabAccounts accounts = LabAccounts.random();
    ServerSettings settings = ServerSettings.of(9).with("log_bin_trust_function_creators", "1");
    try (MariaDbServer database =
        MariaDbServer.start(maria, settings, accounts, directory.resolve("engine"))) {
      String password = DemoUser.randomPassword();
      database.run(
          true,
          "CREATE DATABASE repli",
          "CREATE USER engine@127.0.0.1 IDENTIFIED BY '" + password + "'",
          "GRANT ALL ON repli.* TO engine@127.0.0.1");
      try (ServedRepli one = serve("one", database, password);
          ServedRepli two = serve("two", database, password)) {
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> report(one));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> report(two));
        String run = first.join();
        assertThat(second.join()).as("one run for both").isEqualTo(run);
        assertThat(workToItsEnd(two, run)).isEqualTo("Rolled back to source");
        for (ServedRepli repli : List.of(one, two)) {
          assertThat(repli.milestones(run, "COMMAND_TAKEN")).isEqualTo(3);
          assertThat(repli.milestones(run, "SWITCH_ARMED")).isEqualTo(1);
          assertThat(repli.result(run)).isEqualTo("Rolled back to source");
        }
        judge(Node.Role.SOURCE);
      }
    }
  }

  private ServedRepli serve(String name, MariaDbServer database, String password)
      throws IOException {
    return ServedRepli.start(
        links.plans(),
        directory.resolve(name),
        Map.of("SPRING_DATASOURCE_PASSWORD", password),
        "--repli.node-id=" + name,
        "--spring.datasource.url=jdbc:mariadb://127.0.0.1:" + database.port() + "/repli",
        "--spring.datasource.username=engine");
  }

  private static String report(ServedRepli repli) {
    try {
      return repli.report("INC-3");
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Repli gets no answer to this any more: it is dead when the server has done it. */
  private void dieAfter(ServedRepli repli, Node.Role at, String statement) {
    links.to(at).loseAnswerTo(statement, Loss.CUT, repli::kill);
    soon().until(() -> workedOrDead(repli));
  }

  private static boolean workedOrDead(ServedRepli repli) throws IOException {
    try {
      if (repli.isAlive()) {
        repli.work();
      }
    } catch (IOException failure) {
      if (!dead(repli)) {
        throw failure;
      }
    }
    return dead(repli);
  }

  private static boolean dead(ServedRepli repli) {
    return !repli.isAlive();
  }

  /** Does what comes before that task, and not more. */
  private static boolean isThere(ServedRepli repli, String task) throws IOException {
    if (!repli.task("Assess the rollback").isEmpty()) {
      repli.work();
    }
    return !repli.task(task).isEmpty();
  }

  private static String workToItsEnd(ServedRepli repli, String run) {
    soon()
        .until(
            () -> {
              repli.work();
              return !repli.result(run).isEmpty();
            });
    try {
      return repli.result(run);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void judge(Node.Role writer) {
    await().atMost(Duration.ofSeconds(10)).until(() -> sampler.accepts(writer, 500));
    int acknowledged = topology.acknowledged();
    await().atMost(Duration.ofSeconds(20)).until(() -> topology.acknowledged() > acknowledged + 20);
    assertThat(sampler.changesOfWriter())
        .as("changes of writer")
        .isEqualTo(writer == Node.Role.SOURCE ? 1 : 0);
    SwitchTopology.Verdict verdict = topology.compare(writer);
    assertThat(verdict.lost()).as("lost").isZero();
    assertThat(verdict.duplicated()).as("duplicated").isZero();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                topology.follows(writer == Node.Role.SOURCE ? Node.Role.TARGET : Node.Role.SOURCE));
  }
}
