package dev.repli.guardrail.configuration;

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
final class Durability implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.CONFIGURATION,
            "durability",
            "The next writer keeps what it acknowledges as safely as the writer")
        .protectsFrom("acknowledged writes that a power loss takes back, after the switch only")
        .reads(
            "innodb_flush_log_at_trx_commit and sync_binlog of both nodes (1 and 1 are" + " safe)")
        .mend(
            "SET GLOBAL innodb_flush_log_at_trx_commit = 1, sync_binlog = 1, and in the"
                + " option file; fast settings of a copy must not stay");
  }

  @Override
  public Verdict check(Situation situation) {
    Server writer = situation.writer().server().get();
    Server next = situation.next().server().get();
    List<String> problems = new ArrayList<>();
    for (String name : List.of("innodb_flush_log_at_trx_commit", "sync_binlog")) {
      String there = writer.variable(name).orElse("1");
      String here = next.variable(name).orElse("1");
      if (there.equals("1") && !here.equals("1")) {
        problems.add(name + " is 1 on the writer, " + here + " on the next");
      }
    }
    return Verdict.unless(problems, "at least as safe as the writer");
  }
}
