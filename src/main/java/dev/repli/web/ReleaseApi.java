package dev.repli.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.repli.journal.Journal;
import dev.repli.plan.Plans;
import dev.repli.release.Release;
import dev.repli.release.Release.Learned;
import dev.repli.release.ReleaseRegister;
import dev.repli.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs where since when. */
@RestController
final class ReleaseApi {
  private final ReleaseRegister register;

  ReleaseApi(Plans plans, Runs runs, Journal journal) {
    this.register = new ReleaseRegister(plans, runs, journal);
  }

  @GetMapping("/api/releases")
  List<ReleaseView> releases(HttpServletRequest request) {
    Params.only(request);
    return register.all().stream().map(ReleaseApi::view).toList();
  }

  private static ReleaseView view(Release one) {
    return new ReleaseView(
        one.plan(),
        one.side(),
        one.node(),
        one.version(),
        one.run(),
        one.runbook(),
        one.since(),
        one.until(),
        one.endedBy(),
        one.why(),
        one.learned().flatMap(Learned::cause),
        one.learned().map(Learned::address));
  }

  /** One line of the register; what is not known is left out. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ReleaseView(
      String plan,
      String side,
      String node,
      Optional<String> version,
      String run,
      String runbook,
      Instant since,
      Optional<Instant> until,
      Optional<String> endedBy,
      Optional<String> why,
      Optional<String> cause,
      Optional<String> postMortem) {}
}
