package dev.repli.replication.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.Position;
import dev.repli.database.jdbc.Connections;
import dev.repli.database.jdbc.SqlLink;
import dev.repli.plan.Account;
import dev.repli.plan.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks for real; tells the log what it would have sent, in order and word for word. */
final class PlannedServer extends LookingServer {
  private static final String HIDDEN = "***";
  private static final String NOT_SENT = "dry run: not sent";
  private final ActLog log;

  PlannedServer(SqlLink link, Connections connections, ActLog log) {
    super(link, connections);
    this.log = log;
  }

  @Override
  public void createReplicationAccount(Account account) {
    plan(SetupSql.createReplicationAccount(account.user(), HIDDEN, node().tls()));
  }

  @Override
  public Optional<String> tryReplication(Node source, Position from) {
    plan(SetupSql.tryReplication(source, from, HIDDEN));
    plan(SetupSql.forgetTrial());
    return Optional.empty();
  }

  @Override
  public void endLoader(String lock) {
    // a dry run begins no loader, and leaves that of a run alone
  }

  @Override
  public void fence() {
    plan(SetupSql.quiet());
    plan(SetupSql.fence());
    node().fenceFile().ifPresent(file -> plan(List.of("write option file " + file)));
  }

  @Override
  public void silenceEvents() {
    plan(SetupSql.silence("<its definer>@<its host>", "<schema>", "<each copied event>"));
  }

  @Override
  public void follow(Node source, Position start) {
    plan(SetupSql.follow(source, start, HIDDEN));
  }

  @Override
  public void forgetSource() {
    plan(SetupSql.forgetSource());
  }

  @Override
  public void beat(String run) {
    plan(SetupSql.beat(run));
  }

  private void plan(List<String> statements) {
    statements.forEach(sql -> log.ran(node().label(), sql, Duration.ZERO, NOT_SENT));
  }
}
