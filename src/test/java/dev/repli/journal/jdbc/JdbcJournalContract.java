package dev.repli.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.journal.Evidence;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalContract;
import dev.repli.journal.Link;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What the journal in tables has to do on every database. */
abstract class JdbcJournalContract extends JournalContract {
  private static final RunKey THIRD = new RunKey("incident-4713");

  /** Empty, with the journal's tables. */
  abstract JournalDatabase database();

  /** Statements that take the guards away, as somebody with the database's password could. */
  abstract List<String> dropGuards();

  @Override
  protected Journal journal() {
    return database().journal();
  }

  @Test
  void anAppendInsideARolledBackTransactionStays() {
    DriverManagerDataSource source = database().dataSource();
    JdbcTemplate jdbc = new JdbcTemplate(source);
    jdbc.execute("create table engine_work (id int)");
    Journal journal = journal();

    new TransactionTemplate(new DataSourceTransactionManager(source))
        .executeWithoutResult(
            status -> {
              jdbc.update("insert into engine_work (id) values (1)");
              journal.append(RUN, milestone("POINT_OF_NO_RETURN"));
              status.setRollbackOnly();
            });

    assertThat(jdbc.queryForObject("select count(*) from engine_work", Long.class)).isZero();
    assertThat(journal.newestMilestone(RUN, "POINT_OF_NO_RETURN")).isPresent();
    jdbc.execute("drop table engine_work");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update journal_entry set content = '{}'",
        "update journal_entry set hash = previous_hash",
        "delete from journal_entry",
        "delete from journal_head",
        "update journal_head set last_seq = 1"
      })
  void theDatabaseItselfRefusesToChangeWhatIsWritten(String statement) {
    threeRuns();

    assertThatThrownBy(() -> database().execute(statement))
        .hasStackTraceContaining("the journal is append-only");
    assertThat(journal().check()).isInstanceOf(Journal.Integrity.Intact.class);
  }

  @Test
  void namesTheEntryWhoseTextWasChanged() {
    assertBroken(
        "update journal_entry set content = replace(content, 'passed', 'missed')"
            + " where run_key = 'incident-4712' and seq = 2",
        "run incident-4712, entry 2: its text, time or place was changed, it does not match its"
            + " hash");
  }

  @Test
  void namesTheEntryWhoseTimeWasChanged() {
    assertBroken(
        "update journal_entry set noted_at = '2020-01-01T00:00:00.000000Z'"
            + " where run_key = 'incident-4712' and seq = 1",
        "run incident-4712, entry 1: its text, time or place was changed, it does not match its"
            + " hash");
  }

  @Test
  void namesTheEntryWhoseMilestoneNameWasChanged() {
    assertBroken(
        "update journal_entry set milestone = 'SWITCH_ENDED'"
            + " where run_key = 'incident-4711' and seq = 2",
        "run incident-4711, entry 2: the name of its milestone was changed");
  }

  @Test
  void namesTheEntryWhoseHashWasChanged() {
    assertBroken(
        "update journal_entry set hash = '"
            + Link.GENESIS
            + "'"
            + " where run_key = 'incident-4711' and seq = 2",
        "run incident-4711, entry 2: its text, time or place was changed, it does not match its"
            + " hash",
        "run incident-4711, entry 3: does not continue the entry before it");
  }

  @Test
  void namesAForgedEntryEvenWithAFittingHash() {
    threeRuns();
    Link real = link(2);
    Link forged =
        Link.forge(RUN, 2, Instant.parse(real.at()), milestone("NOTHING"), real.previousHash());
    assertBrokenNow(
        "update journal_entry set milestone = 'NOTHING', content = '"
            + forged.content()
            + "', hash = '"
            + forged.hash()
            + "' where run_key = 'incident-4711' and seq = 2",
        "run incident-4711, entry 3: does not continue the entry before it");
  }

  @Test
  void namesTheEntryThatIsMissingInTheMiddle() {
    assertBroken(
        "delete from journal_entry where run_key = 'incident-4711' and seq = 2",
        "run incident-4711, entry 2: missing",
        "run incident-4711, entry 3: does not continue the entry before it");
  }

  @Test
  void namesTheEntriesThatAreMissingAtTheEnd() {
    assertBroken(
        "delete from journal_entry where run_key = 'incident-4711' and seq > 1",
        "run incident-4711, entry 2: missing, and with it everything to the end, entry 3");
  }

  @Test
  void namesARunWhoseEntriesAreAllMissing() {
    assertBroken(
        "delete from journal_entry where run_key = 'incident-4712'",
        "run incident-4712, entry 1: missing, and with it everything to the end, entry 3");
  }

  @Test
  void noticesARunThatWasRemovedWithItsHead() {
    threeRuns();
    guardsOff();
    database().execute("delete from journal_entry where run_key = 'incident-4712'");
    assertBrokenNow(
        "delete from journal_head where run_key = 'incident-4712'",
        "run number 2 is missing: removed before run incident-4713");
  }

  @Test
  void noticesTheNewestRunThatWasRemovedWithItsHead() {
    threeRuns();
    guardsOff();
    database().execute("delete from journal_entry where run_key = 'incident-4713'");
    assertBrokenNow(
        "delete from journal_head where run_key = 'incident-4713'",
        "run number 3 is missing: removed, nothing stands after it",
        "the row that counts the runs does not name the newest run's first entry");
  }

  @Test
  void noticesARemovedRunWhoseNumberWasGivenToTheNext() {
    threeRuns();
    guardsOff();
    database()
        .execute(
            "delete from journal_entry where run_key = 'incident-4712'",
            "delete from journal_head where run_key = 'incident-4712'",
            "update journal_root set started = 2");
    assertBrokenNow(
        "update journal_head set started_no = 2 where run_key = 'incident-4713'",
        "run incident-4713, entry 1: does not continue the entry before it");
  }

  @Test
  void namesEntriesThatChangedPlaces() {
    threeRuns();
    guardsOff();
    database()
        .execute(
            "update journal_entry set seq = 99 where run_key = 'incident-4711' and seq = 2",
            "update journal_entry set seq = 2 where run_key = 'incident-4711' and seq = 3");
    assertThat(
            findings(
                "update journal_entry set seq = 3 where run_key = 'incident-4711' and seq = 99"))
        .contains(
            "run incident-4711, entry 2: does not continue the entry before it",
            "run incident-4711, entry 2: its text, time or place was changed, it does not match its"
                + " hash",
            "run incident-4711, entry 3: its text, time or place was changed, it does not match its"
                + " hash");
  }

  @Test
  void namesAnEntryThatWasAddedByHand() {
    threeRuns();
    Link last = link(3);
    Link added = Link.forge(RUN, 4, Instant.parse(last.at()), milestone("NOTHING"), last.hash());
    assertBrokenNow(
        "insert into journal_entry (run_key, seq, noted_at, milestone, content, previous_hash,"
            + " hash) values ('incident-4711', 4, '"
            + added.at()
            + "', 'NOTHING', '"
            + added.content()
            + "', '"
            + added.previousHash()
            + "', '"
            + added.hash()
            + "')",
        "run incident-4711, entry 4: stands behind the end of the run's chain");
  }

  @Test
  void namesEntriesOfARunThatWasNeverStarted() {
    assertBroken(
        "insert into journal_entry (run_key, seq, noted_at, content, previous_hash, hash) values"
            + " ('stray', 1, '2026-01-01T00:00:00.000000Z', '{}', 'x', 'y')",
        "run stray: its 1 entries belong to no run");
  }

  private Link link(int seq) {
    return Link.of(journal().read(RUN).get(seq - 1));
  }

  private void threeRuns() {
    Journal journal = journal();
    for (RunKey run : List.of(RUN, OTHER, THIRD)) {
      journal.append(run, milestone("STARTED"));
      journal.append(run, milestone("FENCED"));
      journal.append(
          run, new Evidence.StatementRun("source", "SELECT 1", Duration.ofMillis(1), "1"));
    }
  }

  private void assertBroken(String tampering, String... findings) {
    threeRuns();
    assertBrokenNow(tampering, findings);
  }

  private void assertBrokenNow(String tampering, String... expected) {
    assertThat(findings(tampering)).containsExactly(expected);
  }

  private List<String> findings(String tampering) {
    guardsOff();
    database().execute(tampering);
    return journal().check() instanceof Journal.Integrity.Broken broken
        ? broken.findings()
        : List.of();
  }

  private void guardsOff() {
    dropGuards().forEach(database()::execute);
  }
}
