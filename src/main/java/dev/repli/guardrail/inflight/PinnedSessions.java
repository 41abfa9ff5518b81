package dev.repli.guardrail.inflight;

import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class PinnedSessions implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.IN_FLIGHT, "pinned-sessions", "No session has a state that the new writer lacks")
        .protectsFrom(
            "temporary tables and session variables that are gone after the switch; such"
                + " sessions stick to one server in a proxy")
        .reads(
            "open temporary tables of replication (Slave_open_temp_tables), prepared"
                + " statements (Prepared_stmt_count)")
        .mend(
            "expect those applications to connect anew; avoid temporary tables that live"
                + " longer than a transaction");
  }

  @Override
  public Verdict check(Situation situation) {
    Server writer = situation.writer().server().get();
    Server next = situation.next().server().get();
    List<String> problems = new ArrayList<>();
    if (!next.status().getOrDefault("slave_open_temp_tables", "0").equals("0")) {
      problems.add(
          "temporary tables are open in replication: "
              + next.status().get("slave_open_temp_tables"));
    }
    if (writer.counter("prepared_stmt_count") > 0) {
      problems.add(
          "prepared statements on the server: "
              + writer.status().get("prepared_stmt_count")
              + "; their sessions are pinned");
    }
    return Verdict.unless(
        problems, "no temporary tables in replication, no prepared statements on the server");
  }
}
