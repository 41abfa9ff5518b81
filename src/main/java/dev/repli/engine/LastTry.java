package dev.repli.engine;

import java.util.Optional;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Work of a step that the engine tries again by itself, and about which people are asked when the
 * last try has failed: what the engine makes of it then, an incident in Cockpit, calls nobody.
 */
public final class LastTry {
  private static final Logger LOG = LoggerFactory.getLogger(LastTry.class);
  private static final int LONGEST = 400;

  private final TransactionOperations within;

  /**
   * @param within what the work does in Repli's database is undone when it fails, and the step's
   *     own transaction goes on: with a database, one nested in it
   */
  public LastTry(TransactionOperations within) {
    this.within = within;
  }

  /**
   * What came of it.
   *
   * @param problem for people, one line; empty when there is a result
   */
  public record Outcome<T>(Optional<T> result, Optional<String> problem) {}

  /**
   * @throws RuntimeException what the work threw, as long as the engine tries again
   */
  public <T> Outcome<T> of(Supplier<T> work) {
    try {
      T result = within.execute(status -> work.get());
      return new Outcome<>(Optional.ofNullable(result), Optional.empty());
    } catch (RuntimeException failure) {
      if (triesLeft() > 0) {
        throw failure;
      }
      LOG.error("a step failed at its last try; people are asked", failure);
      return new Outcome<>(Optional.empty(), Optional.of(words(failure)));
    }
  }

  private static int triesLeft() {
    CommandContext command = Context.getCommandContext();
    JobEntity job = command == null ? null : command.getCurrentJob();
    return job == null ? 0 : job.getRetries() - 1;
  }

  /** One line: what servers and libraries say may contain anything. */
  private static String words(RuntimeException failure) {
    String said = failure.getMessage();
    String text = said == null || said.isBlank() ? failure.getClass().getSimpleName() : said;
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " …";
  }
}
