package dev.repli.guardrail;

import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.survey.Surveys;
import dev.repli.journal.InMemoryJournal;
import dev.repli.route.Routes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Guardrails of a test's own, asked as the real ones are. */
public final class FewGuardrails {
  private FewGuardrails() {}

  public static Guardrails of(FakeDatabase nodes, Clock clock, Guardrail... few) {
    var threads = Executors.newCachedThreadPool();
    Surveys none = new Surveys(List.of());
    Lookout lookout =
        new Lookout(
            none,
            new FollowLook(new Databases(List.of(nodes)), none),
            new Routes(List.of()),
            Optional.empty(),
            Optional.empty(),
            threads,
            clock);
    return new Guardrails(List.of(few), lookout, new InMemoryJournal(clock), threads, clock);
  }
}
