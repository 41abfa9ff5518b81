package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class Isolation implements Guardrail {

  @Override
  public About about() {
    return About.blocks(Group.CONFIGURATION, "isolation", "Transactions are isolated the same way")
        .protectsFrom("applications that see half of a transaction, or dead-lock, only on one node")
        .reads(
            "transaction_isolation, tx_isolation, innodb_lock_wait_timeout,"
                + " innodb_rollback_on_timeout, autocommit of both nodes")
        .mend("SET GLOBAL to the same, and in the option file");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(
        situation,
        "transaction_isolation",
        "tx_isolation",
        "innodb_lock_wait_timeout",
        "innodb_rollback_on_timeout",
        "autocommit");
  }
}
