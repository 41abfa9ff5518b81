package dev.repli.delta.imports.jdbc;

import dev.repli.approval.KeptApprovals;
import dev.repli.delta.conflict.Admission;
import dev.repli.delta.conflict.ApplyRule;
import dev.repli.delta.conflict.Conflict;
import dev.repli.delta.conflict.ConflictCase;
import dev.repli.delta.conflict.ConflictDesk;
import dev.repli.delta.conflict.ConflictNode;
import dev.repli.delta.conflict.DecisionOutcome;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.conflict.Proposal;
import dev.repli.delta.imports.HeldChanges;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.Node;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What is held after an import into a real node, and the desk where it is decided. */
final class ConflictLab {
  static final RunKey RUN = new RunKey("rollback-1");
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  final InMemoryJournal journal = new InMemoryJournal();
  final KeptApprovals approvals = new KeptApprovals();
  final HeldChanges held;
  final HeldGroups groups;
  final ConflictCase about;
  final ConflictDesk desk;
  final ApplyRule rules;

  ConflictLab(Node node) {
    DriverManagerDataSource database =
        new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(database).locations("db/migration/h2").load().migrate();
    JdbcClient jdbc = JdbcClient.create(database);
    held = new JdbcHeldChanges(jdbc, new JdbcTransactionManager(database));
    groups = new JdbcHeldGroups(jdbc, new JdbcTransactionManager(database));
    about = new ConflictCase(ImportLab.ID, RUN, node, ImportLab.account());
    desk = desk(groups);
    rules = new ApplyRule(groups, node(), desk, approvals, journal);
  }

  static ConflictNode node() {
    return new JdbcConflictNode(reference -> ImportLab.PASSWORD);
  }

  ConflictDesk desk(HeldGroups over) {
    return new ConflictDesk(
        over, node(), Admission.NOT_NEEDED, journal, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  List<Conflict> open() {
    return desk.page(about, Optional.empty(), 0, 100);
  }

  Conflict one(long group) {
    return desk.one(about, group).orElseThrow();
  }

  /** Against what is there now. */
  DecisionOutcome decide(long group, Proposal proposal) {
    return desk.decide(about, group, proposal, one(group).seen(), "op1", "as agreed");
  }

  /** Against nothing that anybody saw. */
  DecisionOutcome decideUnseen(long group) {
    return desk.decide(about, group, new Proposal.TakeSource(), "", "op2", "");
  }
}
