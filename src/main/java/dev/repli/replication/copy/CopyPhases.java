package dev.repli.replication.copy;

import dev.repli.database.ActLog;
import dev.repli.journal.Evidence.CommandRun;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Evidence.StatementRun;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.Secrets;
import dev.repli.replication.SetupServer;
import dev.repli.replication.SetupServers;
import dev.repli.run.RunKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Picks the phase that is due; holds what all of them use. */
final class CopyPhases {
  private final SetupServers servers;
  private final Secrets secrets;
  private final Journal journal;
  private final DumpPhases dump;
  private final BackupPhases backup;

  CopyPhases(SetupServers servers, Secrets secrets, Journal journal, long partSize) {
    this.servers = servers;
    this.secrets = secrets;
    this.journal = journal;
    this.dump = new DumpPhases(this, partSize);
    this.backup = new BackupPhases(this);
  }

  void work(CopyWork work) {
    switch (work.now().phase()) {
      case DUMP -> dump.dump(work);
      case LOAD -> dump.load(work);
      case BACKUP -> backup.backup(work);
      case PREPARE -> backup.prepare(work);
      case REPLACE -> backup.replace(work);
      case DONE -> throw new IllegalStateException("nothing is left to do");
    }
  }

  SetupServer target(CopyWork work) {
    RunKey run = work.order().run();
    ActLog log =
        (node, sql, took, outcome) ->
            journal.append(run, new StatementRun(node, sql, took, outcome));
    return servers.connect(work.order().plan(), Node.Role.TARGET, log);
  }

  String password(Plan plan, Node.Role role) {
    return secrets.resolve(ToolCommands.account(plan, role).password());
  }

  void ran(CopyWork work, List<String> command, Duration took) {
    journal.append(
        work.order().run(), new CommandRun("this machine", String.join(" ", command), took, "ok"));
  }

  void reached(CopyWork work, String name, String text, Map<String, String> facts) {
    journal.append(work.order().run(), new Milestone(name, text, facts));
  }
}
