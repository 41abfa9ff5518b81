package dev.repli.reads.process;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.repli.database.ServerPair;
import dev.repli.plan.Entrance;
import dev.repli.plan.Node;
import dev.repli.plan.RouteSpec;
import dev.repli.route.haproxy.Haproxy;
import java.nio.file.Path;
import java.util.Optional;

class HaproxyReadsIT extends ReadsRunbookContract {
  @SuppressWarnings("NullAway.Init") // started before it is asked
  private Haproxy haproxy;

  @Override
  void assumeInstalled() {
    assumeThat(Haproxy.program())
        .as("haproxy is not installed; run scripts/install-test-tools")
        .isPresent();
  }

  @Override
  AutoCloseable startProxy(Path folder, ServerPair pair) {
    haproxy = Haproxy.start(folder, pair.sourceNode().address(), pair.targetNode().address(), "");
    return haproxy;
  }

  @Override
  RouteSpec route() {
    return route(haproxy);
  }

  static RouteSpec route(Haproxy haproxy) {
    return new RouteSpec.Haproxy(
        "front",
        Optional.empty(),
        haproxy.unixApi(),
        "writer",
        "db1",
        "db2",
        Optional.of("reader"),
        Optional.of(new Entrance(haproxy.readEndpoint(), Optional.of(Node.Tls.DISABLED))));
  }
}
