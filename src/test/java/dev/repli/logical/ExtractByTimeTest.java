package dev.repli.logical;

import static dev.repli.logical.DeltaSamples.PLAN;
import static dev.repli.logical.DeltaSamples.RUN;
import static dev.repli.logical.DeltaSamples.place;
import static dev.repli.logical.TimedTarget.CUTOVER;
import static dev.repli.logical.TimedTarget.LOG_UNTIMED;
import static dev.repli.logical.TimedTarget.TIMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.delta.DeltaCounts;
import dev.repli.delta.DeltaFiles.Check;
import dev.repli.delta.Place;
import dev.repli.delta.file.LocalDeltaFiles;
import dev.repli.plan.Checks;
import dev.repli.plan.Plan;
import dev.repli.rollback.Losses;
import dev.repli.rollback.SampleLooks;
import dev.repli.rollback.SamplePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of rows that were found by their times, and what is said to be missing in it. */
class ExtractByTimeTest {
  private static final Place END = place("0-2-50");
  private final TimedTarget target = new TimedTarget();
  private final List<String> progress = new ArrayList<>();
  @TempDir private Path folder;

  private void extract(Path file) {
    target
        .byTime()
        .extract(RUN, PLAN, DeltaSamples.first(place("0-1-9"), false), file, new Counting());
  }

  private final class Counting extends DeltaSamples.Unwatched {
    @Override
    public void progress(long done, long of, String unit) {
      progress.add(done + " of " + of + " " + unit);
    }
  }

  private List<String> said() {
    return target.carried().missing().texts(RUN);
  }

  @Test
  void writesAFileThatSaysItIsIncompleteAlsoAfterAKill() {
    target.cutOver(PLAN);
    Path file = folder.resolve("000001.delta");
    target.begin();
    target.row("1");
    target.kill();
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(file).doesNotExist();

    target.begin();
    target.row("1");
    target.row("2");
    target.end(END);
    target.finish(END);
    extract(file);

    assertThat(target.since()).isEqualTo(CUTOVER.minus(Duration.ofMinutes(10)));
    assertThat(new LocalDeltaFiles().check(file, Optional.empty()))
        .isInstanceOfSatisfying(
            Check.Sound.class,
            sound -> {
              assertThat(sound.origin().complete()).isFalse();
              assertThat(sound.end()).isEqualTo(END);
              assertThat(sound.counts().tables())
                  .isEqualTo(Map.of("app.stock", new DeltaCounts.Table(0, 0, 0, 2)));
            });
    assertThat(said())
        .as("said once, also after the kill")
        .singleElement()
        .asString()
        .contains("app.log");
  }

  @Test
  void whatIsNoLongerMissingIsNoLongerSaid() {
    target.cutOver(PLAN);
    target
        .carried()
        .missing()
        .say(RUN, EarlierImports.LEFT_OUT + "run INC-0: 3 changes abandoned", Map.of());
    target.has(TIMED, Map.of("billing.*", "GRANT SELECT ON the schema to it"));
    Path file = folder.resolve("000001.delta");
    target.kill();
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said()).hasSize(2).last().asString().contains("billing");

    target.has(TIMED, LOG_UNTIMED);
    target.clock(CUTOVER.minus(Duration.ofSeconds(7)));
    target.kill();
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said())
        .satisfiesExactly(
            other -> assertThat(other).contains("3 changes abandoned"),
            newest -> assertThat(newest).contains("app.log").doesNotContain("billing"));

    target.has(TIMED, Map.of("billing.*", "GRANT SELECT ON the schema to it"));
    target.clock(CUTOVER);
    target.kill();
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");
    assertThat(said()).as("said again when it is true again").last().asString().contains("billing");
  }

  @Test
  void whatIsMissingInRowsThatAreThereStaysSaid() {
    target.cutOver(PLAN);
    Path file = folder.resolve("000001.delta");
    target.begin();
    target.row("1");
    target.end(END);
    target.kill();
    assertThatThrownBy(() -> extract(file)).hasMessage("killed here");

    target.has(TIMED, Map.of());
    extract(file);

    assertThat(file).exists();
    assertThat(said()).singleElement().asString().contains("missing of: app.log");
  }

  @Test
  void saysHowManyOfAllRowsAreRead() {
    target.cutOver(PLAN);
    target.begin();
    IntStream.range(0, 10_050).forEach(id -> target.row(Integer.toString(id)));
    target.end(END);
    target.finish(END);
    extract(folder.resolve("000001.delta"));

    assertThat(progress)
        .containsExactly("0 of 10050 rows found by time", "9999 of 10050 rows found by time");
  }

  /** The folder with the logs was mounted again, or they were copied back. */
  @Test
  void nothingIsMissingWhereTheLogCameBackAfterABrokenLook() {
    VirtualTime time = new VirtualTime();
    FakeDatabase database = new FakeDatabase(time);
    Plan plan = SamplePlan.of(database, List.of(), new Checks(List.of(), List.of(), List.of()));
    EndsOfLog log = new EndsOfLog();
    DeltaRounds rounds =
        new DeltaRounds(
            SampleLooks.at(database),
            log,
            new LocalDeltaFiles(),
            target.carried(),
            target.mark(),
            target.byTime(),
            new EarlierImports(target.mark(), target.carried()),
            InMemoryDeltaPace.unasked(),
            folder);
    database.target().writeRegardless("app", "1");
    target.cutOver(plan);
    target.approve();
    log.gone(true);
    target.kill();
    assertThatThrownBy(() -> rounds.extractToNow(RUN, plan, new Counting()))
        .hasMessage("killed here");
    assertThat(said()).singleElement().asString().contains("app.log");

    log.gone(false);
    assertThat(rounds.extractToNow(RUN, plan, new Counting())).isEmpty();
    assertThat(said()).isEmpty();
    assertThat(new Losses(target.journal()).facts(RUN)).containsOnlyKeys("lossUnknown");
    assertThat(rounds.foundByTime(plan, RUN)).isFalse();
  }
}
