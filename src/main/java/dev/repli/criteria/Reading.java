package dev.repli.criteria;

import dev.repli.plan.CriteriaRules.Threshold;
import dev.repli.plan.Criterion;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * One criterion as it is now.
 *
 * @param breach what is known; empty when nothing was ever measured
 */
public record Reading(
    Criterion criterion, State state, Optional<Breach> breach, Threshold threshold) {

  /** Input of the decision table. */
  public enum State {
    NORMAL,
    /** Above the level, not yet for long enough. */
    BREACHING,
    /** Above the level for long enough. */
    HELD,
    /** Missing, stale, or without a baseline to compare with. */
    UNKNOWN
  }

  /**
   * The same after the writer has moved: a count stands until somebody counts anew, and what was
   * counted before is about the writer before.
   */
  Reading after(Instant writerMoved) {
    boolean old =
        criterion.metric().standing()
            && breach
                .filter(known -> !known.asserted() && known.seenAt().isBefore(writerMoved))
                .isPresent();
    return old ? new Reading(criterion, State.NORMAL, Optional.empty(), threshold) : this;
  }

  /** For people: the value, or why there is none. */
  public String value() {
    if (breach.filter(Breach::asserted).isPresent()) {
      return "an alert says so";
    }
    return breach
        .map(known -> criterion.metric().word() + " = " + number(known.value()) + reported(known))
        .orElse(criterion.metric().standing() ? "none reported" : "never measured");
  }

  /** A count stands until somebody counts anew: people have to see how old it is. */
  private String reported(Breach known) {
    return criterion.metric().standing()
        ? ", reported " + known.seenAt().truncatedTo(ChronoUnit.SECONDS)
        : "";
  }

  /** For people: the level and how long it has to be breached. */
  public String limit() {
    String level =
        breach
            .flatMap(Breach::threshold)
            .map(Reading::number)
            .orElseGet(
                () ->
                    criterion.kind() == Criterion.Kind.ABSOLUTE
                        ? number(threshold.above())
                        : number(threshold.above()) + " × normal (nobody recorded what is normal)");
    return threshold.lasting().isZero()
        ? "> " + level
        : "> %s, for more than %s".formatted(level, words(threshold.lasting()));
  }

  private static String words(Duration lasting) {
    return lasting.toSecondsPart() == 0 ? lasting.toMinutes() + " min" : lasting.toSeconds() + " s";
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
