package dev.repli.guardrail.replication;

import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Server;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class BinlogRetention implements Guardrail {

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "binlog-retention",
            "Binary logs are kept longer than the rollback window")
        .protectsFrom(
            "a way back that ends with error 1236, because what the other node still"
                + " needs was purged")
        .reads(
            "binlog_expire_logs_seconds, expire_logs_days and max_binlog_total_size of"
                + " both nodes, rollbackWindow of the plan")
        .mend(
            "SET GLOBAL binlog_expire_logs_seconds to more than the window with a margin"
                + " (0 keeps all), max_binlog_total_size = 0; watch the disk")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    Duration needed = situation.plan().rollbackWindow().multipliedBy(5).dividedBy(4);
    List<String> problems = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (NodeSurvey node : situation.both()) {
      Server server = node.server().get();
      Duration keeps = keeps(server);
      kept.add(node.label() + " keeps " + (keeps.isZero() ? "all" : keeps));
      if (!keeps.isZero() && keeps.compareTo(needed) < 0) {
        problems.add(
            "%s keeps binary logs for %s, needed are %s: the window and a quarter"
                .formatted(node.label(), keeps, needed));
      }
      String size = server.variable("max_binlog_total_size").orElse("0");
      if (!size.equals("0")) {
        problems.add(node.label() + " purges binary logs above " + size + " bytes, however young");
      }
    }
    return Verdict.unless(problems, String.join(", ", kept));
  }

  /** Zero: for ever. */
  private static Duration keeps(Server server) {
    double seconds = Double.parseDouble(server.variable("binlog_expire_logs_seconds").orElse("0"));
    double days = Double.parseDouble(server.variable("expire_logs_days").orElse("0"));
    return seconds > 0
        ? Duration.ofSeconds((long) seconds)
        : Duration.ofSeconds((long) (days * Duration.ofDays(1).toSeconds()));
  }
}
