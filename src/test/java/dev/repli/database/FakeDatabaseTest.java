package dev.repli.database;

import dev.repli.plan.Account;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import org.assertj.core.api.ThrowingConsumer;

/** The fake keeps the contract, so that other tests may trust it. */
class FakeDatabaseTest extends DatabaseContract {
  private final FakeDatabase database = new FakeDatabase(new VirtualTime());

  @Override
  protected Database database() {
    return database;
  }

  @Override
  protected Node source() {
    return database.source().node();
  }

  @Override
  protected Node target() {
    return database.target().node();
  }

  @Override
  protected Account probeAccount() {
    return new Account("probe", new SecretRef("env:PROBE_PASSWORD"));
  }

  @Override
  protected String replicationPassword() {
    return "secret-of-replication";
  }

  @Override
  protected void writerIsSource() {
    database.writerIs(Node.Role.SOURCE);
    try (NodeSession session = database.connect(source(), Duration.ofSeconds(1), ActLog.NONE)) {
      session.prepareProbe();
    }
  }

  @Override
  protected void eventually(Duration atMost, ThrowingConsumer<Void> condition) {
    database.time().advance(atMost);
    condition.accept(null);
  }

  @Override
  protected void letPass(Duration time) {
    database.time().advance(time);
  }
}
