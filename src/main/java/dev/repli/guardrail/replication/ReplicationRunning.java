package dev.repli.guardrail.replication;

import dev.repli.database.survey.Channel;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class ReplicationRunning implements Guardrail {
  /** MariaDB's SQL thread stops without a number and a text there; only its log says why. */
  private static final String SILENT =
      "; it stopped without an error, as it does on a JSON column of MySQL: see the server's log";

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION, "replication-running", "Replication runs, without an error")
        .protectsFrom("a next writer that lacks what was acknowledged")
        .reads("both threads' state and last errors; a missing error proves nothing")
        .mend("read the error, mend its cause on the replica, then START SLAVE")
        .alsoInTheWindow();
  }

  @Override
  public Verdict check(Situation situation) {
    if (situation.streamed()) {
      return Verdict.holds("Repli's own stream: the certificate tries it");
    }
    List<Channel> channels = situation.next().channels().get();
    boolean fromMySql = situation.writer().node().kind() == Node.Kind.MYSQL;
    List<String> problems = new ArrayList<>();
    if (channels.isEmpty()) {
      problems.add(situation.next().label() + " is not a replica");
    }
    channels.forEach(channel -> problems.addAll(problems(channel, fromMySql)));
    return Verdict.unless(problems, "both threads run, no error");
  }

  private static List<String> problems(Channel channel, boolean fromMySql) {
    List<String> problems = new ArrayList<>();
    String errors = channel.errors();
    if (!channel.receiving()) {
      problems.add("the IO thread does not receive changes. " + errors);
    }
    if (!channel.applying()) {
      boolean silent = errors.isEmpty() && fromMySql;
      problems.add("the SQL thread does not apply changes. " + (silent ? SILENT : errors));
    }
    if (problems.isEmpty() && !errors.isEmpty()) {
      problems.add("it runs, but its last error is " + errors);
    }
    return problems;
  }
}
