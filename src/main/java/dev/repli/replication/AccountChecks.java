package dev.repli.replication;

import dev.repli.plan.Account;
import dev.repli.replication.SetupServer.Login;

/** Whether the replication account of the source is there, or can be made. */
final class AccountChecks {
  private AccountChecks() {}

  static void check(BothSides sides) {
    Account account = sides.plan().source().replication();
    String what = "replication account " + account.user();
    Login login = sides.source().login(account);
    if (login instanceof Login.Accepted accepted) {
      sides.expect(
          accepted.replicates(),
          what,
          sides.sourceLabel(),
          accepted.replicates()
              ? "logs in" + (accepted.encrypted() ? " with TLS" : " without TLS")
              : "lacks REPLICATION SLAVE",
          "GRANT REPLICATION SLAVE ON *.* TO '" + account.user() + "'@'%'");
      return;
    }
    String why = ((Login.Refused) login).why();
    sides.expect(
        !sides.source().hasAccount(account),
        what,
        sides.sourceLabel(),
        sides.source().hasAccount(account) ? "is there, but: " + why : "will be created",
        "correct its password in the plan or on the source, or what it requires of TLS");
  }
}
