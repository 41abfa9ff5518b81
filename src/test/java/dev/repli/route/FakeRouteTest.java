package dev.repli.route;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Tests may trust the fake because it keeps the same promises. */
class FakeRouteTest {
  @Nested
  class Holding extends Contract {
    Holding() {
      super(FakeRoute.holding(Node.Role.SOURCE));
    }
  }

  @Nested
  class Cutting extends Contract {
    Cutting() {
      super(FakeRoute.cutting(Node.Role.SOURCE));
    }
  }

  abstract static class Contract extends RouteContract {
    private final FakeRoute fake;
    private final RouteSpec spec = new RouteSpec.Lab("fake", Optional.empty());

    Contract(FakeRoute fake) {
      this.fake = fake;
    }

    @Override
    protected Route route() {
      return fake;
    }

    @Override
    protected RouteSpec spec() {
      return spec;
    }

    @Override
    protected RouteSpec unreachable() {
      fake.reachable(false);
      return spec;
    }

    @Override
    protected Plan plan() {
      return RoutePlans.plan(new Endpoint("db1", 3306), new Endpoint("db2", 3306), spec);
    }

    @Override
    protected Node.Role whoAnswers() {
      return fake.whoAnswers().orElseThrow();
    }

    @Override
    protected boolean limitsConnections() {
      return true;
    }

    @Override
    protected boolean spreadsReads() {
      return true;
    }

    @Override
    protected Node.Role whoReads() {
      return fake.whoReads();
    }

    @Override
    protected Optional<Client> comeAndStay() {
      fake.stay(Node.Role.SOURCE, 1);
      try (RouteSession session = connect()) {
        return Optional.of(() -> session.look().sessionsOn(Node.Role.SOURCE) > 0);
      }
    }
  }
}
