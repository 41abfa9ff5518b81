package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class Limits implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.CONFIGURATION, "limits", "Limits for sessions and statements are the same")
        .protectsFrom("statements that are ended, refused or waited for otherwise than before")
        .reads(
            "wait_timeout, interactive_timeout, max_statement_time, max_user_connections,"
                + " lock_wait_timeout, net_read_timeout, net_write_timeout,"
                + " group_concat_max_len, tmp_table_size, max_heap_table_size of both nodes")
        .mend("set them to the same on both nodes, or name this guardrail in the approval");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(
        situation,
        "wait_timeout",
        "interactive_timeout",
        "max_statement_time",
        "max_user_connections",
        "lock_wait_timeout",
        "net_read_timeout",
        "net_write_timeout",
        "group_concat_max_len",
        "tmp_table_size",
        "max_heap_table_size");
  }
}
