package dev.repli.reads.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.database.ServerPair;
import dev.repli.journal.Evidence.Measured;
import dev.repli.lab.MariaDbServer;
import dev.repli.lab.ServerInstallation;
import dev.repli.lab.ServerSettings;
import dev.repli.plan.Plan;
import dev.repli.route.haproxy.Haproxy;
import dev.repli.runbook.RunbookEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers: the target follows a relay, and the relay follows the source. */
class ChainedReplicaIT {
  private static final int RELAY_ID = 3;

  @TempDir Path folder;

  @Test
  void movesReadsToTheEndOfAChainAndBackWhileItsMiddleStands() throws Exception {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
    ServerInstallation mariadb = ServerInstallation.fromMaven();
    try (ServerPair pair = new ServerPair(mariadb, mariadb);
        MariaDbServer relay =
            MariaDbServer.start(
                mariadb, ServerSettings.of(RELAY_ID), pair.accounts(), folder.resolve("relay"));
        RunbookEngine engine =
            new RunbookEngine("reads", List.of("rollback/FailedStepProcess.bpmn"), List.of())) {
      chain(pair, relay);
      try (Haproxy haproxy =
          Haproxy.start(folder, pair.sourceNode().address(), pair.targetNode().address(), "")) {
        refusesAChainThatThePlanDoesNotName(engine, pair, haproxy);
        movesAndGoesBackMeanwhile(engine, pair, haproxy, relay);
      }
    }
  }

  private static void chain(ServerPair pair, MariaDbServer relay) {
    pair.writerIsSource();
    relay.replicateFrom(pair.source());
    // the target may ask for nothing that the relay does not have
    ServerPair.awaitFollowing(relay, pair.source());
    pair.target().replicateFrom(relay);
    pair.source()
        .run(
            false,
            "CREATE TABLE app.pace (seconds DOUBLE)",
            "INSERT INTO app.pace VALUES (0)",
            "CREATE TABLE app.late (id INT AUTO_INCREMENT PRIMARY KEY)",
            "GRANT SELECT ON app.* TO 'repli_probe'@'%'");
  }

  private static RealReadsWorld world(
      RunbookEngine engine, String key, ServerPair pair, Haproxy haproxy, Optional<Integer> over) {
    Plan nodes = RealReadsWorld.between(pair.sourceNode(), pair.targetNode());
    return new RealReadsWorld(
        engine, key, pair.secrets(), nodes, HaproxyReadsIT.route(haproxy), over);
  }

  private static void refusesAChainThatThePlanDoesNotName(
      RunbookEngine engine, ServerPair pair, Haproxy haproxy) {
    try (RealReadsWorld world = world(engine, "READS-1", pair, haproxy, Optional.empty())) {
      world.start(false);
      assertThat(world.evidence()).contains("server id 3\\, wanted 1");
      world.answer(
          "Mend what blocks the reads", Map.of("readersAnswer", "STOP", "readersReason", "later"));
      assertThat(world.result()).isEqualTo("No reads moved");
    }
  }

  private static void movesAndGoesBackMeanwhile(
      RunbookEngine engine, ServerPair pair, Haproxy haproxy, MariaDbServer relay) {
    try (RealReadsWorld world = world(engine, "READS-2", pair, haproxy, Optional.of(RELAY_ID))) {
      world.start(false);
      world.workUntilMoved(50, 100);
      relay.run(true, "STOP SLAVE SQL_THREAD");
      pair.source().run(false, "INSERT INTO app.late VALUES ()");
      world.workUntilMoved(50, 100, 50);
      assertThat(found(world, "BAD")).containsOnly("reaches the source's position within 10 s");
      assertThat(found(world, "GOOD")).contains("follows whom the plan says");

      relay.run(true, "START SLAVE SQL_THREAD");
      world.workUntilMoved(50, 100, 50, 100);
      world.workUntil("the end", () -> world.asks() || world.ended());
      assertThat(world.result()).isEqualTo("Reads moved");
      assertThat(world.weights().targetShare()).isEqualTo(100);
    }
  }

  private static List<String> found(RealReadsWorld world, String verdict) {
    return world.evidence(Measured.class).stream()
        .filter(measured -> measured.unit().equals(verdict))
        .map(Measured::what)
        .toList();
  }
}
