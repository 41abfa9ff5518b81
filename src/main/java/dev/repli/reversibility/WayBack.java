package dev.repli.reversibility;

import dev.repli.rollback.Finding;
import dev.repli.rollback.Finding.Verdict;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Words;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One way back as it was found.
 *
 * @param findings what was looked at; why the way is not open is among them
 * @param takes how long it takes at most, for people
 * @param loses what is lost, for people
 * @param closes what will close it, for people; empty when nothing is known to
 * @param expected how long it takes by what was measured or by the plan's limits, of a way whose
 *     length nobody can tell the part that is known; empty when nothing is
 * @param facts what else was measured
 */
public record WayBack(
    Strategy strategy,
    State state,
    Findings findings,
    String takes,
    String loses,
    String closes,
    Optional<Duration> expected,
    WayFacts facts) {

  /** One of which nobody knows how long it takes. */
  public WayBack(
      Strategy strategy,
      State state,
      Findings findings,
      String takes,
      String loses,
      String closes) {
    this(strategy, state, findings, takes, loses, closes, Optional.empty(), WayFacts.NONE);
  }

  /** The same with a known length. */
  public WayBack expecting(Optional<Duration> known) {
    return new WayBack(strategy, state, findings, takes, loses, closes, known, facts);
  }

  /** The same with what else was measured. */
  public WayBack with(WayFacts known) {
    return new WayBack(strategy, state, findings, takes, loses, closes, expected, known);
  }

  /** Whether people may choose it. */
  public boolean mayBeGone() {
    return state == State.OPEN || state == State.LOSES;
  }

  /**
   * The same, which says when it takes longer than the rollback window lasts.
   *
   * @param left of the window; not negative
   */
  WayBack within(Duration left) {
    if (expected.filter(known -> known.compareTo(left) > 0).isEmpty()) {
      return this;
    }
    String late =
        left.isZero()
            ? "the rollback window is over"
            : "it takes longer (%s) than what is left of the rollback window (%s)"
                .formatted(Words.of(expected.get()), Words.of(left));
    String both = closes.isEmpty() ? late : late + "; " + closes;
    return new WayBack(strategy, state, findings, takes, loses, both, expected, facts);
  }

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

  /** Why it is closed or loses, what closes it first; empty when it is open. */
  public String why() {
    return Stream.concat(findings.of(Verdict.BAD).stream(), findings.of(Verdict.RISK).stream())
        .map(Finding::toString)
        .collect(Collectors.joining("; "));
  }
}
