package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.imports.HeldBusyException;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportException;
import dev.repli.delta.imports.ImportId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What each database of Repli's own has to do about changes that are held. */
abstract class HeldChangesContract {
  private static final ImportId ID = new ImportId("import-1");

  /** Empty, with every migration. */
  abstract DataSource database();

  private static HeldChange change(int number) {
    return new HeldChange(
        number,
        number,
        Kind.CONFLICT,
        new Insert(History.THINGS, History.row(number, "a", 0)),
        Set.of("row" + number),
        Optional.empty(),
        "");
  }

  private static HeldChanges held(DataSource database) {
    return new JdbcHeldChanges(JdbcClient.create(database), new JdbcTransactionManager(database));
  }

  @Test
  void keepsNothingAndWaitsForNobodyLongWhileOthersHaveTheLock() {
    DataSource database = database();
    HeldChanges held = held(database);
    held.hold(ID, List.of(change(1)), () -> {});

    new TransactionTemplate(new JdbcTransactionManager(database))
        .executeWithoutResult(
            another -> {
              JdbcHeldChanges.lock(JdbcClient.create(database), ID);
              assertThatThrownBy(() -> elsewhere(() -> held.hold(ID, List.of(change(2)), () -> {})))
                  .cause()
                  .isInstanceOf(HeldBusyException.class)
                  .hasMessageContaining("import-1");
            });

    assertThat(held.numbers(ID, 9)).containsExactly(1L);
    held.hold(ID, List.of(change(2)), () -> {});
    assertThat(held.numbers(ID, 9)).containsExactly(1L, 2L);
  }

  private static void elsewhere(Runnable work) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture.runAsync(work, thread).join();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void keepsWhatCanBeKeptAgainWhenTheLastLookThrew() {
    HeldChanges held = held(database());
    assertThatThrownBy(
            () ->
                held.hold(
                    ID,
                    List.of(change(1)),
                    () -> {
                      throw new ImportException("the node is silent");
                    }))
        .hasMessage("the node is silent");
    assertThat(held.numbers(ID, 9)).isEmpty();

    held.hold(ID, List.of(change(1)), () -> {});
    held.hold(ID, List.of(change(1), change(2)), () -> {});

    assertThat(held.numbers(ID, 9)).containsExactly(1L, 2L);
    assertThat(held.rows(ID)).containsOnlyKeys("row1", "row2");
  }
}
