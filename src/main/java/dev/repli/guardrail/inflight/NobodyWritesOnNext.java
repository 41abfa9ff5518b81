package dev.repli.guardrail.inflight;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class NobodyWritesOnNext implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT, "nobody-writes-on-next", "Nobody writes on the next writer yet")
        .protectsFrom("transactions that only the replica has")
        .reads(
            "open transactions with changed rows on the next writer, but for those of"
                + " replication")
        .mend("end that session and find out how it writes past read_only");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.next().work().get().transactions().stream()
            .filter(t -> t.rowsModified() > 0)
            .map(t -> t.session().who() + " has changed " + t.rowsModified() + " rows")
            .toList();
    return Verdict.unless(problems, "no transaction of a client has changed rows there");
  }
}
