package dev.repli.delta.imports.jdbc;

import static org.awaitility.Awaitility.await;

import dev.repli.database.NodeException;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportObserver;
import dev.repli.delta.imports.ImportResult;
import dev.repli.delta.imports.Meanwhile;
import dev.repli.plan.Node;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/** Two that go on with one import at the same moment. */
final class MeetingSessions {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String WAITING =
      "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";

  private MeetingSessions() {}

  /** The second does all that it can while the first forgets what nobody holds any more. */
  static void meet(Node node, Callable<Connection> admin, HeldChanges held, Changes changes)
      throws InterruptedException {
    Thread second = new Thread(() -> importing(node, held, changes), "second-import");
    second.setDaemon(true);
    Meanwhile meeting =
        new Meanwhile(
            held,
            1,
            () -> {
              second.start();
              await().atMost(LONG).until(() -> !second.isAlive() || waits(admin));
            });
    importing(node, meeting, changes);
    second.join(LONG.toMillis());
  }

  /**
   * The first falls asleep when it was last asked whether it may commit, and wakes up when the
   * second, which has taken its lease over, waits for it or is through.
   *
   * @param asleep what becomes of the first meanwhile
   * @return what the first found
   */
  static ImportResult takeOver(
      Node node, Callable<Connection> admin, HeldChanges held, Changes changes, Runnable asleep)
      throws InterruptedException {
    Thread second = new Thread(() -> importing(node, held, changes), "second-import");
    second.setDaemon(true);
    AtomicBoolean first = new AtomicBoolean(true);
    ImportObserver sleeping =
        new ImportObserver() {
          @Override
          public boolean committed(ImportCounts counts) {
            return true;
          }

          @Override
          public void committing() {
            if (first.getAndSet(false)) {
              asleep.run();
              second.start();
              await().atMost(LONG).until(() -> !second.isAlive() || waits(admin));
            }
          }
        };
    ImportResult result = ImportLab.run(ImportLab.request(node, "things"), held, changes, sleeping);
    second.join(LONG.toMillis());
    return result;
  }

  private static boolean waits(Callable<Connection> admin) throws Exception {
    try (Connection connection = admin.call()) {
      return !ImportLab.text(connection, WAITING).equals("0");
    } catch (SQLException busy) {
      return false;
    }
  }

  private static void importing(Node node, HeldChanges held, Changes changes) {
    try {
      var unused = ImportLab.run(ImportLab.request(node, "things"), held, changes);
    } catch (ImportException | NodeException theOtherGoesOn) {
      // one of both has to give way
    }
  }
}
