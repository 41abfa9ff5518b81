package dev.repli.guardrail.inflight;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
final class UserLocks implements Guardrail {
  private static final Set<String> TABLES = Set.of("SHARED_NO_READ_WRITE", "SHARED_READ_ONLY");

  @Override
  public About about() {
    return About.warns(Group.IN_FLIGHT, "user-locks", "Nobody relies on GET_LOCK or LOCK TABLES")
        .protectsFrom(
            "a lock of an application that the new writer does not know: two jobs that"
                + " exclude each other run at once")
        .reads(
            "metadata locks of kind USER LEVEL LOCK, and table locks, of live sessions on"
                + " the writer (performance_schema)")
        .mend(
            "let those jobs end before the change and start them after it; name this"
                + " guardrail in the approval when that is planned");
  }

  @Override
  public Verdict check(Situation situation) {
    List<String> problems =
        situation.writer().locks().get().all().stream()
            .filter(lock -> !lock.own() && lock.granted())
            .filter(
                lock ->
                    lock.kind().equalsIgnoreCase("USER LEVEL LOCK") || TABLES.contains(lock.type()))
            .map(lock -> lock.who() + " holds " + lock.kind() + " " + lock.on() + " " + lock.type())
            .toList();
    return Verdict.unless(problems, "none");
  }
}
