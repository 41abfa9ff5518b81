package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.Fence;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The read-only variable and the event scheduler. MariaDB's read_only does not stop accounts with
 * READ ONLY ADMIN; events of such definers would go on writing, so the scheduler is turned off
 * first.
 */
final class ServerFence {
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final Duration MARGIN = Duration.ofSeconds(1);

  private final SqlLink link;
  private final Dialect dialect;
  private final ActStatements acts;
  private final OtherSessions sessions;

  ServerFence(SqlLink link, Dialect dialect, OtherSessions sessions) {
    this.link = link;
    this.dialect = dialect;
    this.acts = dialect.acts();
    this.sessions = sessions;
  }

  Fence fence(Duration lockWait) {
    boolean eventsWereOn = eventsOn();
    link.limit(lockWait.plus(MARGIN).plus(MARGIN));
    try {
      for (String statement : acts.fence(lockWait, eventsWereOn)) {
        link.execute(statement, "");
      }
    } catch (SQLException e) {
      return notFenced(eventsWereOn, e);
    } finally {
      link.usualLimit();
    }
    if (!isOn(SqlLink.Query.of("SELECT @@GLOBAL." + dialect.fenceVariable()))) {
      throw unexpected("fencing", dialect.fenceVariable() + " reads back OFF");
    }
    return new Fence.Fenced();
  }

  private Fence notFenced(boolean eventsWereOn, SQLException e) {
    NodeException failure = link.failure("fencing", e, "");
    try {
      if (eventsWereOn) {
        events(true);
      }
      if (e.getErrorCode() == LOCK_WAIT_TIMEOUT) {
        return new Fence.Blocked(sessions.blockers());
      }
    } catch (NodeException undo) {
      failure.addSuppressed(undo);
    }
    throw failure;
  }

  boolean isFenced() {
    return isOn(ask());
  }

  SqlLink.Query ask() {
    return SqlLink.Query.of("SELECT @@GLOBAL." + dialect.fencedVariable());
  }

  boolean eventsOn() {
    return isOn(SqlLink.Query.of("SELECT @@GLOBAL.event_scheduler"));
  }

  void open() {
    link.act("opening", acts.open());
    if (isFenced()) {
      throw unexpected("opening", dialect.fencedVariable() + " reads back ON");
    }
  }

  void admitImports() {
    link.act("admitting imports", acts.admitImports());
  }

  void events(boolean on) {
    if (eventsOn() != on) {
      link.act("turning events " + (on ? "on" : "off"), acts.events(on));
    }
  }

  void enableEvents(List<String> names) {
    if (!names.isEmpty()) {
      Map<String, String> definers = new TreeMap<>();
      names.forEach(name -> definers.put(name, definer(name)));
      link.act("enabling events", acts.enableEvents(definers));
    }
  }

  private String definer(String event) {
    String doing = "looking for event " + event;
    return link.text(
            doing,
            "SELECT definer FROM information_schema.events"
                + " WHERE CONCAT(event_schema, '.', event_name) = ?",
            event)
        .orElseThrow(
            () ->
                new NodeException(
                    link.node(), doing, "no such event", NodeException.Action.REPAIR_TARGET));
  }

  private boolean isOn(SqlLink.Query query) {
    return isOn(link.texts("looking at the fence", "", List.of(query)).get(0));
  }

  boolean isOn(List<String> answer) {
    return answer.equals(List.of("1")) || answer.equals(List.of("ON"));
  }

  private NodeException unexpected(String doing, String why) {
    return new NodeException(link.node(), doing, why, NodeException.Action.REPAIR_TARGET);
  }
}
