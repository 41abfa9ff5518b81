package dev.repli.logical;

import dev.repli.database.Databases;
import dev.repli.database.NodeSession;
import dev.repli.delta.stream.StreamOrder;
import dev.repli.journal.Evidence;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Account;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.Words;
import dev.repli.run.RunKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Everything that reading, choosing, importing and closing would do, in this order. */
final class ListDelta implements DeltaListing {
  static final String LISTED = "DELTA_LISTED";

  private static final String NOT_RUN = "dry run: not run";
  private static final String NOT_SENT = "dry run: not sent";
  private static final String PEOPLE = "people";

  private final Looks looks;
  private final Databases databases;
  private final CheckSource check;
  private final CutoverMark mark;
  private final EarlierImports earlier;
  private final ListedPolicies policies;
  private final Function<PlanId, Optional<StreamOrder>> stream;
  private final Journal journal;
  private final Path root;

  /**
   * @param stream the one of Repli's own that shall run
   * @param root where files are kept: a folder for each plan, in it one for each run
   */
  ListDelta(
      Looks looks,
      Databases databases,
      CheckSource check,
      CutoverMark mark,
      EarlierImports earlier,
      ListedPolicies policies,
      Function<PlanId, Optional<StreamOrder>> stream,
      Journal journal,
      Path root) {
    this.looks = looks;
    this.databases = databases;
    this.check = check;
    this.mark = mark;
    this.earlier = earlier;
    this.policies = policies;
    this.stream = stream;
    this.journal = journal;
    this.root = root;
  }

  @Override
  public void list(RunKey run, Plan plan, DeltaPart part) {
    Findings found = check.inspect(plan);
    List<Evidence> lines = new ArrayList<>();
    if (!found.good()) {
      lines.add(
          listed(
              "the delta cannot be carried as things are, so a real run would stop and ask people: "
                  + found.problems()));
    } else if (part == DeltaPart.CLOSE) {
      closing(run, plan, lines);
    } else {
      String size = reading(run, plan, found, lines);
      choosing(plan, lines);
      importing(plan, size, lines);
      lines.add(listed("the delta is " + size + " now; nothing of it was read or imported"));
    }
    journal.appendAll(run, lines);
  }

  private static Milestone listed(String text) {
    return new Milestone(LISTED, "dry run: " + text, Map.of());
  }

  private static CommandRun act(String where, String what) {
    return new CommandRun(where, what, Duration.ZERO, NOT_RUN);
  }

  /** How much there would be to read, for people. */
  private String reading(RunKey run, Plan plan, Findings found, List<Evidence> lines) {
    String target = plan.target().label();
    Path file = new DeltaFolder(root, plan, run).next();
    try (NodeSession source = looks.connect(plan, plan.source());
        NodeSession node = looks.connect(plan, plan.target())) {
      SourceStand stand = SourceStand.of(source, plan, mark, earlier.of(plan, source));
      long more = SharedHistory.transactionsBetween(stand.at(), node.position());
      String size = more + " transactions";
      found.all().stream()
          .filter(finding -> finding.what().equals(FoundByTime.WHAT))
          .forEach(
              finding ->
                  lines.add(act(target, "look for rows by time columns: " + finding.found())));
      lines.add(
          act(
              target,
              "read the binary log from %s to %s, %s as of now, into %s"
                  .formatted(stand.at(), node.position(), size, file)));
      return size;
    }
  }

  private void choosing(Plan plan, List<Evidence> lines) {
    policies.of(plan).forEach((table, what) -> lines.add(act("table " + table, what)));
    lines.add(
        act(
            PEOPLE,
            "task 'Choose delta policy' with the rows of each table: import, reconcile, abandon"
                + " (two people have to approve) or do not go back; for each table with changes"
                + " that is left to people: abandon, export-import or reconcile"));
  }

  private void importing(Plan plan, String size, List<Evidence> lines) {
    String to = plan.source().label();
    stream
        .apply(plan.id())
        .ifPresent(order -> lines.add(act(to, "end Repli's own stream from " + order.from())));
    try (NodeSession source = looks.connect(plan, plan.source())) {
      NodeSession planned =
          databases.dryRun(
              source,
              act ->
                  lines.add(
                      new StatementRun(act.node(), act.statement(), Duration.ZERO, NOT_SENT)));
      if (source.replication().configured()) {
        planned.stopReplication();
      }
      if (AdmitImports.needed(source)) {
        planned.admitImports();
      }
    }
    Account account = plan.delta().account().orElse(plan.source().account());
    lines.add(
        act(
            to,
            "import %s as account %s, at most %d changes to a commit; a row that is not as it was before is held"
                .formatted(size, account.user(), Imports.ROUNDS.rows())));
    lines.add(
        act(
            to,
            "read and import what came meanwhile until a round has at most %d changes, in at most %d rounds"
                .formatted(CarryDelta.LITTLE, CarryDelta.MOST_ROUNDS)));
    lines.add(
        act(
            PEOPLE,
            "task 'Resolve conflicts' when a change is held: the writer does not move while one waits"));
  }

  private void closing(RunKey run, Plan plan, List<Evidence> lines) {
    String target = plan.target().label();
    lines.add(
        act(
            target,
            "read the binary log up to the position at which it was fenced into "
                + new DeltaFolder(root, plan, run).next().getParent()));
    lines.add(
        act(
            plan.source().label(),
            "compare: read = applied + already there + abandoned + resolved + dead letters"));
    lines.add(
        act(
            target,
            "keep it fenced with its data for %s; it does not replicate"
                .formatted(Words.of(plan.rollbackWindow()))));
  }
}
