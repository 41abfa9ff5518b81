package dev.repli.guardrail.inflight;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

@Component
final class LockWaits implements Guardrail {
  private static final Pattern WAITS =
      Pattern.compile("(?i)metadata lock|global read lock|backup lock|commit lock|table flush");
  private static final Pattern HOLDS =
      Pattern.compile("(?i)^\\s*(flush\\s+tables|backup\\s+stage|lock\\s+instance)");

  @Override
  public About about() {
    return About.blocks(
            Group.IN_FLIGHT,
            "lock-waits",
            "Nobody waits for a lock on a table, and nobody holds the whole server")
        .protectsFrom(
            "a fence that queues behind the one who waits, and every write behind the"
                + " fence; FLUSH TABLES WITH READ LOCK and backup locks hold every commit")
        .reads("states of live sessions on the writer")
        .mend("end the session that holds the lock, or wait for the backup to end");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.writer().work().get().sessions().stream()
            .filter(
                s ->
                    !s.own()
                        && (WAITS.matcher(s.state()).find() || HOLDS.matcher(s.statement()).find()))
            .map(
                s ->
                    "%s for %d s: %s %s"
                        .formatted(s.who(), s.age().toSeconds(), s.state(), s.statement()))
            .toList();
    return Verdict.unless(problems, "none");
  }
}
