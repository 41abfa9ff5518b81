package dev.repli.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every journal has to do. */
public abstract class JournalContract {
  protected static final RunKey RUN = new RunKey("incident-4711");
  protected static final RunKey OTHER = new RunKey("incident-4712");

  private static final Ledger LEDGER =
      new Ledger(
          "target to source",
          true,
          Optional.of(Duration.ofMillis(18)),
          1200,
          0,
          0,
          2,
          List.of("shop@10.0.0.7"),
          List.of("1290: 2"),
          "0-2-42",
          List.of());

  /** An empty journal. */
  protected abstract Journal journal();

  protected static Evidence.Milestone milestone(String name) {
    return new Evidence.Milestone(name, "passed " + name, Map.of());
  }

  @Test
  void numbersTheEntriesOfEachRunAndChainsThem() {
    Journal journal = journal();
    JournalEntry first = journal.append(RUN, milestone("SWITCH_ARMED"));
    journal.append(OTHER, milestone("SWITCH_ARMED"));
    JournalEntry second = journal.append(RUN, milestone("POINT_OF_NO_RETURN"));

    assertThat(first.seq()).isEqualTo(1);
    assertThat(second.seq()).isEqualTo(2);
    assertThat(second.previousHash()).isEqualTo(first.hash());
    assertThat(journal.read(RUN)).containsExactly(first, second);
    assertIntact(journal, 2, 3);
  }

  @Test
  void chainsTheFirstEntryOfARunToTheFirstEntryOfTheRunStartedBefore() {
    Journal journal = journal();
    JournalEntry first = journal.append(RUN, milestone("STARTED"));
    journal.append(RUN, milestone("ENDED"));
    JournalEntry next = journal.append(OTHER, milestone("STARTED"));

    assertThat(first.previousHash()).isEqualTo(Link.GENESIS);
    assertThat(next.previousHash()).isEqualTo(first.hash());
  }

  @Test
  void readsEveryKindOfEvidenceAsItWasWritten() {
    List<Evidence> all =
        List.of(
            new Evidence.Milestone("FENCED", "closed in 3 ms", Map.of("b", "2", "a", "1")),
            new Evidence.StatementRun(
                "target (db2:3306)", "SET GLOBAL read_only=1", Duration.ofNanos(1_234_567), "ok"),
            new Evidence.CommandRun("route web", "disable server db/t", Duration.ofMillis(2), "ok"),
            new Evidence.Measured("backlog", "source", "12", "transactions"),
            new Evidence.Decided("ada", "Roll back?", "yes", "latenz zu hoch – ça suffit", "f00"),
            new Evidence.LedgerSigned(LEDGER));
    Journal journal = journal();
    journal.appendAll(RUN, all);

    assertThat(journal.read(RUN)).extracting(JournalEntry::evidence).containsExactlyElementsOf(all);
  }

  @Test
  void keepsTextsOfAnyLengthAndCharacter() {
    String text = "é\u0000\n'\"\\\uD83D\uDE00" + "x".repeat(200_000);
    Journal journal = journal();
    journal.append(RUN, new Evidence.Milestone("LONG", text, Map.of()));

    assertThat(journal.read(RUN))
        .singleElement()
        .extracting(JournalEntry::evidence)
        .isEqualTo(new Evidence.Milestone("LONG", text, Map.of()));
  }

  @Test
  void keepsNoPassword() {
    Journal journal = journal();
    journal.append(
        RUN,
        new Evidence.StatementRun(
            "source",
            "CHANGE MASTER TO MASTER_USER='repl', MASTER_PASSWORD='hun''ter2', MASTER_PORT=3306",
            Duration.ZERO,
            "ok"));

    assertThat(journal.read(RUN))
        .singleElement()
        .extracting(JournalEntry::evidence)
        .isEqualTo(
            new Evidence.StatementRun(
                "source",
                "CHANGE MASTER TO MASTER_USER='repl', MASTER_PASSWORD=***, MASTER_PORT=3306",
                Duration.ZERO,
                "ok"));
  }

  @Test
  void hasNothingForAnUnknownRun() {
    assertThat(journal().read(RUN)).isEmpty();
    assertThat(journal().newestMilestone(RUN, "SWITCH_ARMED")).isEmpty();
  }

  @Test
  void findsTheNewestOfSeveralMilestones() {
    Journal journal = journal();
    journal.append(RUN, milestone("SWITCH_ARMED"));
    JournalEntry ended = journal.append(RUN, milestone("SWITCH_ENDED"));
    journal.append(RUN, milestone("OTHER"));
    journal.append(OTHER, milestone("SWITCH_ARMED"));

    assertThat(journal.newestMilestone(RUN, "SWITCH_ARMED", "SWITCH_ENDED")).contains(ended);
    assertThat(journal.newestMilestone(RUN, "POINT_OF_NO_RETURN")).isEmpty();
    assertThat(journal.newestMilestone(RUN)).isEmpty();
  }

  @Test
  void aSessionAppendsLikeTheJournal() {
    Journal journal = journal();
    try (Journal.Session session = journal.open(RUN)) {
      JournalEntry armed = session.append(milestone("SWITCH_ARMED"));
      JournalEntry between = journal.append(RUN, milestone("ABORT_REQUESTED"));
      JournalEntry ended = session.append(milestone("SWITCH_ENDED"));

      assertThat(session.newestMilestone("ABORT_REQUESTED")).contains(between);
      assertThat(journal.read(RUN)).containsExactly(armed, between, ended);
    }
  }

  @Test
  void appendsUnlessTheOtherMilestoneStandsLaterInTheRun() {
    Journal journal = journal();
    try (Journal.Session session = journal.open(RUN)) {
      long old = journal.append(RUN, milestone("ABORT_REQUESTED")).seq();
      Optional<JournalEntry> passed =
          session.appendUnless(milestone("POINT_OF_NO_RETURN"), List.of("ABORT_REQUESTED"), old);
      journal.append(RUN, milestone("ABORT_REQUESTED"));
      Optional<JournalEntry> refused =
          session.appendUnless(milestone("POINT_OF_NO_RETURN"), List.of("ABORT_REQUESTED"), old);

      assertThat(passed).isPresent();
      assertThat(refused).isEmpty();
      assertThat(journal.read(RUN)).hasSize(3);
    }
  }

  @Test
  void writersAtTheSameTimeLeaveOneUnbrokenChain() throws Exception {
    Journal journal = journal();
    int writers = 6;
    int each = 25;
    List<Long> acknowledged =
        atOnce(
            IntStream.range(0, writers)
                .<Callable<List<Long>>>mapToObj(
                    writer ->
                        () ->
                            IntStream.range(0, each)
                                .mapToObj(i -> journal.append(RUN, milestone("M" + i)).seq())
                                .toList())
                .toList());

    assertThat(acknowledged)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, (long) writers * each).boxed().toList());
    assertIntact(journal, 1, (long) writers * each);
  }

  @Test
  void runsThatStartAtTheSameTimeAreAllChained() throws Exception {
    Journal journal = journal();
    atOnce(
        IntStream.range(0, 8)
            .<Callable<List<Long>>>mapToObj(
                i ->
                    () ->
                        List.of(
                            journal.append(new RunKey("r" + i % 4), milestone("STARTED")).seq()))
            .toList());

    assertIntact(journal, 4, 8);
  }

  @Test
  void ofAnAbortAndThePointOfNoReturnAtTheSameTimeTheFirstWins() throws Exception {
    Journal journal = journal();
    for (int i = 0; i < 20; i++) {
      RunKey run = new RunKey("race-" + i);
      atOnce(
          List.of(
              () -> won(journal, run, "POINT_OF_NO_RETURN", "ABORT_REQUESTED"),
              () -> won(journal, run, "ABORT_REQUESTED", "POINT_OF_NO_RETURN")));
      assertThat(journal.read(run)).hasSize(1);
    }
  }

  @Test
  void theHeadHashChangesWithEveryEntry() {
    Journal journal = journal();
    Set<String> heads = new HashSet<>();
    for (RunKey run : List.of(RUN, OTHER, RUN)) {
      journal.append(run, milestone("STARTED"));
      heads.add(((Journal.Integrity.Intact) journal.check()).head());
    }
    assertThat(heads).hasSize(3).allMatch(head -> head.matches("[0-9a-f]{64}"));
  }

  private static void assertIntact(Journal journal, long runs, long entries) {
    assertThat(journal.check())
        .isInstanceOfSatisfying(
            Journal.Integrity.Intact.class,
            intact -> {
              assertThat(intact.runs()).isEqualTo(runs);
              assertThat(intact.entries()).isEqualTo(entries);
            });
  }

  private static List<Long> won(Journal journal, RunKey run, String mine, String theirs) {
    try (Journal.Session session = journal.open(run)) {
      return session
          .appendUnless(milestone(mine), List.of(theirs, "HELD"), 0)
          .map(JournalEntry::seq)
          .stream()
          .toList();
    }
  }

  private static List<Long> atOnce(List<Callable<List<Long>>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    CountDownLatch start = new CountDownLatch(1);
    try {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (Callable<List<Long>> task : tasks) {
        running.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      start.countDown();
      List<Long> results = new ArrayList<>();
      for (Future<List<Long>> one : running) {
        results.addAll(one.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
