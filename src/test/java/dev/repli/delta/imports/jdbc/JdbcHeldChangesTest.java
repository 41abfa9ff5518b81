package dev.repli.delta.imports.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.delta.DeltaEvent.Insert;
import dev.repli.delta.imports.HeldChange;
import dev.repli.delta.imports.HeldChange.Kind;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.delta.imports.History;
import dev.repli.delta.imports.ImportId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class JdbcHeldChangesTest {
  private static final ImportId ID = new ImportId("import-1");
  private final String url =
      "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=120000";
  private final HeldChanges held = ImportLab.held(url);

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

  @Test
  void keepsNoneWhenTheLastLookThrows() {
    held.hold(ID, List.of(change(1)), () -> {});

    assertThatThrownBy(
            () ->
                held.hold(
                    ID,
                    List.of(change(1), change(2)),
                    () -> {
                      throw new IllegalStateException("another goes on");
                    }))
        .hasMessage("another goes on");
    assertThat(held.numbers(ID, 9)).as("kept before, and only that").containsExactly(1L);
    assertThat(held.rows(ID)).containsOnlyKeys("row1");
  }

  @Test
  void forgetsWhatIsBeingKept() {
    List<CompletableFuture<Void>> forgetting = new ArrayList<>();

    held.hold(
        ID,
        List.of(change(1)),
        () -> {
          forgetting.add(CompletableFuture.runAsync(() -> held.forgetAfter(ID, 0)));
          while (!forgetting.get(0).isDone() && !somebodyWaits()) {
            Thread.onSpinWait();
          }
        });
    forgetting.get(0).join();

    assertThat(held.numbers(ID, 9)).isEmpty();
    assertThat(held.rows(ID)).isEmpty();
  }

  private boolean somebodyWaits() {
    return JdbcClient.create(new DriverManagerDataSource(url))
            .sql("select count(*) from information_schema.sessions where blocker_id is not null")
            .query(Long.class)
            .single()
        > 0;
  }
}
