package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class MemoryCapacity implements Guardrail {
  private static final double ENOUGH = 0.8;
  private static final double MEGABYTE = 1024 * 1024;

  @Override
  public About about() {
    return About.blocks(
            Group.CONFIGURATION,
            "memory-capacity",
            "The next writer has as much memory for data as the writer")
        .protectsFrom("answers from the disk instead of from memory, under the same load")
        .reads("innodb_buffer_pool_size of both nodes; 80 % of that of the writer is enough")
        .mend(
            "SET GLOBAL innodb_buffer_pool_size, and in the option file; more memory for"
                + " that machine");
  }

  @Override
  public Verdict check(Situation situation) {
    double writer = situation.writer().server().get().number("innodb_buffer_pool_size");
    double next = situation.next().server().get().number("innodb_buffer_pool_size");
    return Verdict.when(
        next >= ENOUGH * writer,
        "%.0f MB on the writer, %.0f MB on the next".formatted(writer / MEGABYTE, next / MEGABYTE));
  }
}
