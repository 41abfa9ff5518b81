package dev.repli.cutover.process;

import dev.repli.database.FakeDatabase;
import dev.repli.journal.Evidence.LedgerSigned;
import dev.repli.journal.Journal;
import dev.repli.journal.Ledger;
import dev.repli.plan.Node;
import dev.repli.route.RouteSession;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

/** Stands in for the writer switch: moves the nodes in memory, or answers as it was told. */
final class PretendSwitchDelegate implements JavaDelegate {
  private final FakeDatabase database;
  private final RouteSession session;
  private final Journal journal;
  private final Deque<String> answers = new ArrayDeque<>();
  private Runnable afterMove = () -> {};
  private Runnable before = () -> {};
  private long lost;

  PretendSwitchDelegate(FakeDatabase database, RouteSession session, Journal journal) {
    this.database = database;
    this.session = session;
    this.journal = journal;
  }

  /** The next switches end like this instead of moving the writer. */
  void answer(String... results) {
    answers.addAll(List.of(results));
  }

  /** Happens right before the next switch. */
  void before(Runnable what) {
    before = what;
  }

  /** Happens right after the writer was moved. */
  void afterMove(Runnable what) {
    afterMove = what;
  }

  /** Every ledger counts so many lost writes. */
  void lose(long writes) {
    lost = writes;
  }

  @Override
  public void execute(DelegateExecution execution) {
    before.run();
    String result = Optional.ofNullable(answers.poll()).orElse("MOVED");
    if (result.equals("MOVED") && !(Boolean) execution.getVariable("dryRun")) {
      move(Node.Role.valueOf((String) execution.getVariable("to")));
      journal.append(new RunKey((String) execution.getVariable("runKey")), ledger());
    }
    execution.setVariable("switchResult", result);
    execution.setVariable("switchReason", "pretended " + result);
  }

  private void move(Node.Role to) {
    database.writerIs(to);
    session.routeTo(to);
    afterMove.run();
  }

  private LedgerSigned ledger() {
    return new LedgerSigned(
        new Ledger(
            "source to target",
            true,
            Optional.of(Duration.ofMillis(12)),
            1000,
            lost,
            0,
            0,
            List.of(),
            List.of(),
            "0-1-1",
            List.of()));
  }
}
