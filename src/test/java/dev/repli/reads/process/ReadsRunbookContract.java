package dev.repli.reads.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.ServerPair;
import dev.repli.journal.Evidence.Measured;
import dev.repli.lab.ServerInstallation;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.plan.Secrets;
import dev.repli.route.ReadWeights;
import dev.repli.runbook.RunbookEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole runbook on a real engine, through a real route, between two real servers, while an
 * application reads.
 */
abstract class ReadsRunbookContract {
  private static final long SOURCE_ID = 1;
  private static final long TARGET_ID = 2;
  private static final int SEVERAL = 20;

  @TempDir Path folder;
  private ServerPair pair;
  private AutoCloseable proxy;
  private RunbookEngine engine;
  private RealReadsWorld world;
  private ReadTraffic application;

  /** Says so where the proxy is not installed. */
  abstract void assumeInstalled();

  /** Starts the proxy; the source is its only writer, and its only reader with a weight. */
  abstract AutoCloseable startProxy(Path folder, ServerPair pair);

  /** The running proxy as a plan names it. */
  abstract RouteSpec route();

  /** What the plan's references stand for. */
  Secrets secrets(ServerPair known) {
    return known.secrets();
  }

  /** What is asked beyond that, once the weights of a finished run are kept. */
  void assertKept(ReadWeights weights) {}

  @BeforeEach
  void start() {
    assumeInstalled();
    ServerInstallation mariadb = ServerInstallation.fromMaven();
    pair = new ServerPair(mariadb, mariadb);
    pair.writerIsSource();
    pair.source()
        .run(
            false,
            "CREATE TABLE app.pace (seconds DOUBLE)",
            "INSERT INTO app.pace VALUES (0)",
            "GRANT SELECT ON app.* TO 'repli_probe'@'%'");
    proxy = startProxy(folder, pair);
    engine = new RunbookEngine("reads", List.of("rollback/FailedStepProcess.bpmn"), List.of());
    Plan nodes = RealReadsWorld.between(pair.sourceNode(), pair.targetNode());
    world = new RealReadsWorld(engine, "READS-1", secrets(pair), nodes, route(), Optional.empty());
    application =
        ReadTraffic.through(
            route().readEndpoint().orElseThrow().address(), pair.accounts().application());
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : new AutoCloseable[] {application, world, engine, proxy, pair}) {
      if (part != null) {
        part.close();
      }
    }
  }

  private void targetTakes(double seconds) {
    pair.target().run(true, "UPDATE app.pace SET seconds = " + seconds);
  }

  @Test
  void movesReadsStepByStepAndTakesThemBackFromASlowTargetMeanwhile() {
    assertThat(world.weights().targetShare()).isZero();
    assertThat(application.serversOfNext(SEVERAL)).containsExactly(SOURCE_ID);
    world.start(false);
    world.workUntilMoved(50);
    assertThat(world.weights().targetShare()).isBetween(49.5, 50.5);
    world.workUntilMoved(50, 100);
    targetTakes(1.3);
    world.workUntilMoved(50, 100, 50);
    targetTakes(0);
    assertThat(world.evidence(Measured.class))
        .anySatisfy(
            found -> {
              assertThat(found.what()).isEqualTo("latency of the target");
              assertThat(found.unit()).isEqualTo("BAD");
            });
    world.workUntilMoved(50, 100, 50, 100);
    world.workUntil("the end", () -> world.asks() || world.ended());

    assertThat(world.result()).isEqualTo("Reads moved");
    assertThat(world.milestones()).contains("READS_BASELINE", "READS_PROVED", "ANNOUNCED");
    assertThat(world.weights().targetShare()).isEqualTo(100);
    assertThat(application.serversOfNext(SEVERAL)).containsExactly(TARGET_ID);
    assertThat(application.failures()).isEmpty();
    assertKept(world.weights());
  }

  @Test
  void asksWhenSomebodyElseChangesWeightsAndGivesThemBackAfterAnAbort() {
    ReadWeights before = world.weights();
    world.start(false);
    world.workUntilMoved(50);
    world.meddle(before);
    world.workUntil("a question", world::asks);
    assertThat(world.evidence()).contains("**risk**");
    assertThat(world.moved()).containsExactly(50);
    world.answer(
        "Decide on the reads", Map.of("readsAnswer", "HOLD_AGAIN", "readsReason", "a mistake"));
    world.workUntilMoved(50, 50);
    assertThat(world.weights().targetShare()).isBetween(49.5, 50.5);
    world.abort();

    assertThat(world.result()).isEqualTo("Aborted, reads as before");
    assertThat(world.weights()).isEqualTo(before);
    assertThat(application.serversOfNext(SEVERAL)).containsExactly(SOURCE_ID);
    assertThat(application.failures()).isEmpty();
    assertKept(before);
  }
}
