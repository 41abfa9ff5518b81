package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class WarmCache implements Guardrail {
  private static final double ENOUGH = 0.5;

  @Override
  public About about() {
    return About.warns(Group.CONFIGURATION, "warm-cache", "The next writer's buffer pool is warm")
        .protectsFrom("a slow quarter of an hour in which every read goes to the disk")
        .reads(
            "pages with data in the buffer pools of both nodes; half of that of the"
                + " writer is enough")
        .mend(
            "send a share of the reads to it before the change, or load the dump of the"
                + " buffer pool: SET GLOBAL innodb_buffer_pool_load_now = ON");
  }

  @Override
  public Verdict check(Situation situation) {
    double writer = situation.writer().server().get().counter("innodb_buffer_pool_pages_data");
    double next = situation.next().server().get().counter("innodb_buffer_pool_pages_data");
    return Verdict.when(
        next >= ENOUGH * writer,
        "%.0f pages on the writer, %.0f on the next".formatted(writer, next));
  }
}
