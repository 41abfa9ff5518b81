package dev.repli.replication;

import dev.repli.plan.InitialCopy.Method;
import dev.repli.plan.Node;
import dev.repli.replication.Copies.Ability;
import dev.repli.replication.SetupServer.Login;
import java.util.Optional;

/**
 * How the data will be copied: physically where both sides allow it and the plan does not object.
 */
final class MethodCheck {
  private MethodCheck() {}

  static CopyMethod check(BothSides sides, Copies copies) {
    Ability ability = copies.ability(sides.plan(), sides.content().bytes());
    Method wanted = sides.plan().copy().method();
    Optional<String> noBackup =
        wanted == Method.DUMP ? Optional.of("the plan wants a dump") : noBackup(sides, ability);
    boolean backup = wanted != Method.DUMP && noBackup.isEmpty();
    if (wanted == Method.BACKUP) {
      sides.expect(
          backup,
          "method of the copy",
          sides.targetLabel(),
          noBackup.map(why -> "mariadb-backup is not possible: " + why).orElse("mariadb-backup"),
          "set copy.method: auto in the plan, which falls back to a dump");
    } else if (!backup) {
      dump(sides, ability, noBackup.orElse(""));
    } else {
      sides.note("method of the copy", sides.targetLabel(), CopyMethod.BACKUP.words());
    }
    return backup ? CopyMethod.BACKUP : CopyMethod.DUMP;
  }

  private static void dump(BothSides sides, Ability ability, String whyNoBackup) {
    sides.expect(
        ability.noDump().isEmpty(),
        "method of the copy",
        sides.targetLabel(),
        ability
            .noDump()
            .map(why -> "a dump is not possible: " + why)
            .orElse(CopyMethod.DUMP.words() + "; " + whyNoBackup),
        "install the programs, free the space, or correct copy in the plan");
    sides.expect(
        sides.content().otherEngines().isEmpty(),
        "tables that no snapshot covers",
        sides.sourceLabel(),
        sides.content().otherEngines().isEmpty()
            ? "none"
            : BothSides.some(sides.content().otherEngines()),
        "change them to InnoDB, or copy with mariadb-backup");
  }

  private static Optional<String> noBackup(BothSides sides, Ability ability) {
    boolean maria =
        sides.source().node().kind() == Node.Kind.MARIADB
            && sides.target().node().kind() == Node.Kind.MARIADB;
    if (!maria || sides.onSource().release() != sides.onTarget().release()) {
      return Optional.of("the two sides are not of one release");
    }
    if (!sides.plan().copy().schemas().isEmpty()) {
      return Optional.of("the plan wants some schemas only");
    }
    if (ability.noBackup().isPresent()) {
      return ability.noBackup();
    }
    // the target's accounts will be those of the source
    return sides.source().login(sides.plan().target().account()) instanceof Login.Accepted
        ? Optional.empty()
        : Optional.of(
            "the target's account "
                + sides.plan().target().account().user()
                + " would be gone: it cannot log in on the source, whose accounts are copied");
  }
}
