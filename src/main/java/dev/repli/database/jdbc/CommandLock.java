package dev.repli.database.jdbc;

import dev.repli.database.ActStatements;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession.Command;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The commander's two named locks on the control session: the plan's, and the plan's with the
 * installation's id, by which a successor knows its own dead predecessor from a foreign Repli.
 */
public final class CommandLock {
  /** MySQL knows no longer names. */
  private static final int LONGEST_NAME = 64;

  private static final int ATTEMPTS = 3;
  private final SqlLink link;
  private final ActStatements acts;
  private String held = "";

  CommandLock(SqlLink link, ActStatements acts) {
    this.link = link;
    this.acts = acts;
  }

  /** Name of the lock that only this installation takes. */
  public static String ownName(String lockName, String installationId) {
    String name = lockName + "/" + installationId;
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    String hash =
        UUID.nameUUIDFromBytes(installationId.getBytes(StandardCharsets.UTF_8)).toString();
    int room = Math.min(hash.length(), LONGEST_NAME - lockName.length() - 1);
    return lockName + "/" + hash.substring(0, room);
  }

  Command take(String lockName, String installationId) {
    String doing = "taking command (lock " + lockName + ")";
    String own = ownName(lockName, installationId);
    int ended = 0;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<String> holder = link.text(doing, "SELECT IS_USED_LOCK(?)", lockName);
      if (holder.isPresent() && !holder.equals(link.text(doing, "SELECT CONNECTION_ID()"))) {
        if (!holder.equals(link.text(doing, "SELECT IS_USED_LOCK(?)", own))) {
          return new Command.HeldByAnother(describe(holder.get()));
        }
        link.act(doing, acts.endSession(holder.get()));
        ended++;
        link.becomes(doing, "NOT IS_USED_LOCK(?) <=> ?", lockName, Long.valueOf(holder.get()));
      }
      link.act(doing, acts.takeCommand(lockName, installationId));
      held = lockName;
      if (holds()) {
        return new Command.Taken(ended);
      }
    }
    throw new NodeException(
        link.node(), doing, "others keep taking it first", NodeException.Action.WAIT_AND_RETRY);
  }

  boolean holds() {
    return !held.isEmpty() && holds(link.texts("checking the command", "", List.of(ask())).get(0));
  }

  /** MySQL refuses an empty name, which no lock has before it was taken. */
  SqlLink.Query ask() {
    return held.isEmpty()
        ? SqlLink.Query.of("SELECT 0")
        : SqlLink.Query.of("SELECT IS_USED_LOCK(?) = CONNECTION_ID()", held);
  }

  boolean holds(List<String> answer) {
    return !held.isEmpty() && answer.equals(List.of("1"));
  }

  /** Name of the lock that was taken; empty before. */
  String lockName() {
    return held;
  }

  private String describe(String session) {
    return link.text(
            "asking who commands",
            "SELECT CONCAT(user, '@', host) FROM information_schema.processlist WHERE id = ?",
            Long.valueOf(session))
        .map(who -> "session " + session + " of " + who)
        .orElse("session " + session);
  }
}
