package dev.repli.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.incident.AlertLedger.Known;
import dev.repli.plan.Criterion;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every ledger of alerts does. */
public abstract class AlertLedgerContract {
  private static final PlanId SHOP = new PlanId("shop");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** The same one each time, empty at first. */
  protected abstract AlertLedger ledger();

  private static Known alert(String id, boolean firing, Instant at) {
    return new Known(id, Criterion.ERRORS_HIGH, firing, at, Optional.empty());
  }

  @Test
  void knowsAnAlertAsItWasNotedLast() {
    Known taken =
        new Known("a", Criterion.ERRORS_HIGH, true, NOON, Optional.of(new RunKey("inc-1")));
    ledger().note(SHOP, List.of(alert("a", true, NOON), alert("b", true, NOON)), NOON);
    ledger().note(SHOP, List.of(taken), NOON);

    assertThat(ledger().known(SHOP, List.of("a", "c"))).containsOnlyKeys("a").containsValue(taken);
    assertThat(ledger().known(new PlanId("books"), List.of("a"))).isEmpty();
  }

  @Test
  void letsNothingOlderReplaceWhatIsKnown() {
    ledger().note(SHOP, List.of(alert("a", true, NOON)), NOON);
    ledger().note(SHOP, List.of(alert("a", false, NOON.minusSeconds(1))), NOON);

    assertThat(ledger().firing(SHOP)).containsExactly(Criterion.ERRORS_HIGH);
  }

  @Test
  void saysWhichCriteriaHaveAnAlertThatFires() {
    ledger().note(SHOP, List.of(alert("a", true, NOON), alert("b", true, NOON)), NOON);
    ledger().note(SHOP, List.of(alert("a", false, NOON.plusSeconds(1))), NOON);
    assertThat(ledger().firing(SHOP)).containsExactly(Criterion.ERRORS_HIGH);

    ledger().note(SHOP, List.of(alert("b", false, NOON.plusSeconds(1))), NOON);
    assertThat(ledger().firing(SHOP)).isEmpty();
  }

  @Test
  void endsAllThatFiresForACriterion() {
    ledger().note(SHOP, List.of(alert("a", true, NOON), alert("b", true, NOON)), NOON);

    ledger().end(SHOP, Criterion.ERRORS_CRITICAL, NOON.plusSeconds(1));
    assertThat(ledger().firing(SHOP)).containsExactly(Criterion.ERRORS_HIGH);

    ledger().end(SHOP, Criterion.ERRORS_HIGH, NOON.plusSeconds(1));
    assertThat(ledger().firing(SHOP)).isEmpty();
    assertThat(ledger().known(SHOP, List.of("a")))
        .containsValue(alert("a", false, NOON.plusSeconds(1)));
  }

  @Test
  void forgetsWhatEndedLongAgoAndNothingThatFires() {
    ledger().note(SHOP, List.of(alert("old", false, NOON), alert("fires", true, NOON)), NOON);
    ledger().note(SHOP, List.of(alert("new", false, NOON.plusSeconds(2))), NOON);

    ledger().forget(SHOP, NOON.plusSeconds(1));

    assertThat(ledger().known(SHOP, List.of("old", "new", "fires")))
        .containsOnlyKeys("new", "fires");
  }

  @Test
  void takesThousandsAtOnce() {
    List<Known> many =
        IntStream.range(0, 2_345).mapToObj(i -> alert("alert-" + i, true, NOON)).toList();
    ledger().note(SHOP, many, NOON);
    ledger().note(SHOP, many, NOON);

    assertThat(ledger().known(SHOP, many.stream().map(Known::id).toList())).hasSize(2_345);
  }

  @Test
  void knowsWhichAlertsThatFireWereNotHeardOfSince() {
    Known lost = alert("lost", true, NOON);
    ledger()
        .note(SHOP, List.of(lost, alert("repeated", true, NOON), alert("over", false, NOON)), NOON);
    ledger().note(SHOP, List.of(alert("repeated", true, NOON)), NOON.plusSeconds(60));

    assertThat(ledger().silent(SHOP, NOON)).isEmpty();
    assertThat(ledger().silent(SHOP, NOON.plusSeconds(60))).isEqualTo(Map.of(lost, NOON));
  }
}
