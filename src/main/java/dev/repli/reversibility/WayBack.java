package dev.repli.reversibility;

import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One way back as it was found.
 *
 * @param findings what was looked at; why the way is not open is among them
 * @param takes how long it takes at most, for people
 * @param loses what is lost, for people
 * @param closes what will close it, for people; empty when nothing is known to
 */
public record WayBack(
    Strategy strategy, State state, Findings findings, String takes, String loses, String closes) {

  /** The state follows from the findings: anything bad closes it, anything risky loses. */
  public static WayBack found(
      Strategy strategy, Findings findings, String takes, String loses, String closes) {
    State open = findings.of(Verdict.RISK).isEmpty() ? State.OPEN : State.LOSES;
    return new WayBack(
        strategy, findings.good() ? open : State.CLOSED, findings, takes, loses, closes);
  }

  /** Looking itself failed. */
  public static WayBack unknown(Strategy strategy, String why) {
    Finding failed = Finding.bad("look at this way back", "", why);
    return new WayBack(strategy, State.UNKNOWN, new Findings(List.of(failed)), "", "", "");
  }

  /** Why it is closed or loses; empty when it is open. */
  public String why() {
    return findings.all().stream()
        .filter(found -> found.verdict() == Verdict.BAD || found.verdict() == Verdict.RISK)
        .map(Finding::toString)
        .collect(Collectors.joining("; "));
  }
}
