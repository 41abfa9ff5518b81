package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.CatchUp;
import dev.repli.database.Position;
import dev.repli.delta.Row;
import dev.repli.delta.imports.ChangeFeed;
import dev.repli.delta.imports.Checkpoint;
import dev.repli.delta.imports.FakeImportTarget;
import dev.repli.delta.imports.HeldInMemory;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportDelta;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.imports.ImportLimits;
import dev.repli.delta.imports.ImportRequest;
import dev.repli.plan.Account;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LiveCarriageTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final ImportId ID = new ImportId("import-1");
  private final History history = History.random(3, Map.of(), 12, 10, 4);

  private LiveCarriage carry(FakeImportTarget into, ChangeFeed feed, int done) {
    Checkpoint known = new Checkpoint(Optional.of(History.place(done)), ImportCounts.NONE, false);
    into.checkpoints.put(ID, known);
    return LiveCarriage.start(
        new ImportDelta(into, new HeldInMemory(), pause -> {}),
        request(),
        feed,
        known,
        evidence -> {});
  }

  private static Position mark(int transactions) {
    return History.place(transactions).position();
  }

  @Test
  void hasEverythingWhenTheMarkIsCommitted() {
    try (LiveCarriage carriage = carry(new FakeImportTarget(Map.of(), 1), history, 0)) {
      assertThat(carriage.waitFor(mark(10), LONG)).isInstanceOf(CatchUp.Reached.class);
    }
  }

  @Test
  void needsTheOldWriterNoMoreForWhatIsCommitted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    ChangeFeed dead = dead(asked);
    try (LiveCarriage carriage = carry(new FakeImportTarget(Map.of(), 1), dead, 10)) {
      asked.await();

      assertThat(carriage.waitFor(mark(11), LONG)).isInstanceOf(CatchUp.NotReached.class);
      assertThat(carriage.waitFor(mark(10), LONG)).isInstanceOf(CatchUp.Reached.class);
    }
  }

  @Test
  void isNeverThereWhileAChangeIsHeld() {
    Map<Integer, Row> edited = new TreeMap<>();
    for (int id = 0; id < 12; id++) {
      edited.put(id, History.row(id, "of the source's own", 7));
    }
    try (LiveCarriage carriage = carry(new FakeImportTarget(edited, 1), history, 0)) {
      CatchUp answer = carriage.waitFor(mark(10), LONG);

      assertThat(answer).isInstanceOf(CatchUp.NotReached.class);
      assertThat(answer.toString()).contains("held for people");
    }
  }

  private static ChangeFeed dead(CountDownLatch asked) {
    return place -> {
      asked.countDown();
      throw new NodeException(
          node(),
          "reading the binary log",
          "connection refused",
          NodeException.Action.CORRECT_INPUT);
    };
  }

  private static ImportRequest request() {
    return new ImportRequest(
        ID,
        node(),
        node().account(),
        Map.of("app.things", Policy.EXPORT_IMPORT),
        new ImportLimits(3, 7, 1000, Duration.ZERO, 3, Duration.ZERO));
  }

  private static Node node() {
    Account account = new Account("importer", new SecretRef("env:X"));
    return new Node(
        Node.Role.SOURCE,
        Node.Kind.MARIADB,
        new Endpoint("db", 3306),
        account,
        account,
        Node.Tls.DISABLED,
        Optional.empty());
  }
}
