package dev.repli.guardrail.inflight;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class LongTransactions implements Guardrail {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "long-transactions", "No write transaction is open longer than 10 s")
        .protectsFrom(
            "a fence that waits, or work of a batch that is lost in flight; waiting is"
                + " the default, nobody is killed")
        .reads("open transactions of clients with changed or locked rows (innodb_trx)")
        .mend("wait for it, or ask its owner to end it");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.writer().work().get().transactions().stream()
            .filter(t -> t.rowsModified() > 0 || t.rowsLocked() > 0)
            .filter(t -> t.age().compareTo(LIMIT) > 0)
            .map(
                t ->
                    "%s: open for %d s, %d rows changed, %d locked (session %d)"
                        .formatted(
                            t.session().who(),
                            t.age().toSeconds(),
                            t.rowsModified(),
                            t.rowsLocked(),
                            t.session().id()))
            .toList();
    return Verdict.unless(problems, "none");
  }
}
