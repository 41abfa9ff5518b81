package dev.repli.logical;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.delta.DeltaSource;
import dev.repli.delta.LogGoneException;
import dev.repli.delta.Positions;
import dev.repli.delta.UnreadableDeltaException;
import dev.repli.logical.EarlierImports.Earlier;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.AbandonedTables;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.rollback.StepJournal;
import dev.repli.rollback.StepName;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the source can be gone back to: it answers, it is as the cutover left it or further along
 * the target's own history, and the target still has every change since. Changes nothing.
 */
final class CheckSource implements SourceLook {
  private static final String MEANWHILE = "written on the target meanwhile";
  private static final String TRANSACTIONS = " transactions";

  /** Name of the finding about what nobody will bring any more. */
  static final String LEFT_OUT = "left out by an earlier rollback";

  private static final String UNTOUCHED = "nothing written here since the cutover";

  private static final String ARCHIVED =
      "they are imported nowhere; the delta files of the run are an archive of what can be read";

  /** Name of the finding about where the source stands. */
  static final String DOUBT = "what the source has of the target's writes";

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final CheckImport imports;
  private final CarriedTables tables = new CarriedTables();
  private final Looks looks;
  private final CutoverMark mark;
  private final DeltaSource changes;
  private final FoundByTime byTime;
  private final EarlierImports earlier;
  private final CarriedJournal delta;
  private final StepJournal journal;

  CheckSource(
      Looks looks,
      CutoverMark mark,
      DeltaSource changes,
      FoundByTime byTime,
      EarlierImports earlier,
      CarriedJournal delta,
      CheckImport imports,
      StepJournal journal) {
    this.imports = imports;
    this.looks = looks;
    this.mark = mark;
    this.changes = changes;
    this.byTime = byTime;
    this.earlier = earlier;
    this.delta = delta;
    this.journal = journal;
  }

  @Override
  public Findings check(RunKey run, Plan plan) {
    Findings findings = byTime.approvedOnly(run, inspect(plan));
    journal.found(run, StepName.EXECUTION, findings);
    return findings;
  }

  /** Takes some 100 ms. */
  Findings inspect(Plan plan) {
    boolean mySql = plan.source().kind() == Node.Kind.MYSQL;
    if (plan.target().kind() != Node.Kind.MARIADB
        || (!mySql && plan.source().kind() != Node.Kind.MARIADB)) {
      String only = "a delta is carried from a MariaDB to a MariaDB or MySQL only";
      return new Findings(List.of(bad("kind of both servers", "plan", only)));
    }
    if (mySql && mark.handover(plan).flatMap(CutoverMark.Handover::opened).isEmpty()) {
      String where = plan.source().label();
      return new Findings(
          List.of(bad("place in the target's history", where, MySqlStand.NO_CUTOVER)));
    }
    Optional<Position> cutover = mark.ofCutover(plan);
    return looks.atBoth(plan, (source, target) -> inspect(plan, source, target, cutover));
  }

  private List<Finding> inspect(
      Plan plan, NodeSession source, NodeSession target, Optional<Position> cutover) {
    List<Finding> findings = new ArrayList<>();
    Node node = source.node();
    boolean fenced = source.look().readOnly();
    findings.add(
        expect(
            fenced,
            "refuses application writes",
            node.label(),
            fenced ? "read only" : "accepts writes: fence it, and compare both nodes"));
    List<Earlier> imports = earlier.of(plan, source);
    SourceStand stand = SourceStand.of(source, plan, mark, imports);
    if (AdmitImports.needed(source)) {
      findings.add(note("super_read_only", node.label(), AdmitImports.WILL_BE));
    }
    findings.add(untouched(stand, node, cutover));
    if (node.kind() == Node.Kind.MYSQL) {
      MySqlStand.doubt(mark.newestStream(plan), stand.at(), imports)
          .ifPresent(doubt -> findings.add(risk(DOUBT, node.label(), doubt)));
    }
    Position now = target.position();
    long more = SharedHistory.transactionsBetween(stand.at(), now);
    findings.add(note(MEANWHILE, target.node().label(), more + TRANSACTIONS));
    findings.add(setting(target, "log_bin", "1"));
    findings.add(setting(target, "binlog_format", "ROW"));
    findings.add(wholeRows(target));
    findings.add(logged(plan, stand.at()));
    earlier.leftOut(imports).forEach(line -> findings.add(risk(LEFT_OUT, node.label(), line)));
    AbandonedTables.risk(plan, ARCHIVED).ifPresent(findings::add);
    statement(plan, stand.at())
        .map(found -> bad("only changes of rows", target.node().label(), found))
        .ifPresent(findings::add);
    findings.addAll(unreadable(plan, stand.at(), target.node().label()));
    findings.addAll(tables.inspect(plan, target));
    findings.addAll(this.imports.inspect(plan));
    return findings;
  }

  /** What the delta is now, in transactions; empty when it was not looked at. */
  static Optional<Long> transactions(Findings found) {
    return found.of(Verdict.NOTE).stream()
        .filter(note -> note.what().equals(MEANWHILE))
        .map(note -> Long.valueOf(note.found().replace(TRANSACTIONS, "")))
        .findFirst();
  }

  /** What an earlier reading came to: nobody reads the whole log only to look. */
  private Optional<String> statement(Plan plan, Position at) {
    return mark.runsSince(plan).stream()
        .flatMap(run -> delta.stopped(run).stream())
        .filter(stop -> !Positions.covers(at, stop.after()))
        .findFirst()
        .map(stop -> stop.statement() + ". " + StatementInTheWay.WHAT_TO_DO);
  }

  /** Known since a run came to it, which changed nothing in the log. */
  private List<Finding> unreadable(Plan plan, Position at, String where) {
    List<String> abandoned = AbandonedTables.of(plan);
    return mark.runsSince(plan).stream()
        .flatMap(run -> new UnreadableInLog(delta.journal()).of(run).stream())
        .filter(one -> one.at().filter(place -> Positions.covers(at, place)).isEmpty())
        .filter(one -> !abandoned.contains(one.table()))
        .map(one -> bad("changes can be read", where, StatementInTheWay.unreadable(one.why())))
        .distinct()
        .toList();
  }

  private static Finding untouched(SourceStand stand, Node source, Optional<Position> cutover) {
    if (cutover.isEmpty()) {
      return note(
          UNTOUCHED, source.label(), "no cutover in the journal: taken to stand at " + stand.at());
    }
    return stand
        .own()
        .map(
            own ->
                risk(
                    UNTOUCHED,
                    source.label(),
                    (source.kind() == Node.Kind.MYSQL ? "" : "up to ")
                        + own
                        + ", the cutover was at "
                        + cutover.get()))
        .orElseGet(() -> good(UNTOUCHED, source.label(), "the cutover was at " + cutover.get()));
  }

  private static Finding setting(NodeSession node, String name, String wanted) {
    String value = node.queryText("SELECT @@GLOBAL." + name, LIMIT).orElse("");
    return expect(value.equalsIgnoreCase(wanted), name, node.node().label(), value);
  }

  /** Each change has to carry the whole row, or nobody can tell what it was before. */
  private static Finding wholeRows(NodeSession node) {
    String image = node.queryText("SELECT @@GLOBAL.binlog_row_image", LIMIT).orElse("");
    boolean whole = image.equalsIgnoreCase("FULL") || image.equalsIgnoreCase("FULL_NODUP");
    return expect(
        whole,
        "binlog_row_image",
        node.node().label(),
        whole
            ? image
            : image
                + ": SET GLOBAL binlog_row_image = FULL, and let the applications connect anew;"
                + " changes that were written without it cannot be carried back");
  }

  private Finding logged(Plan plan, Position from) {
    Node target = plan.target();
    String what = "binary logs since " + from;
    try {
      changes.requireLog(target, from);
      return good(what, target.label(), "there");
    } catch (LogGoneException gone) {
      return byTime.instead(plan, gone);
    } catch (NodeException | UnreadableDeltaException gone) {
      return bad(what, target.label(), String.valueOf(gone.getMessage()));
    }
  }
}
