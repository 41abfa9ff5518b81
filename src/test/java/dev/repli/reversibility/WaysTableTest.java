package dev.repli.reversibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.PlanId;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WaysTableTest {
  private static final String LONG = "x".repeat(700) + " deletes are missing";

  private static WayBack way(Strategy strategy, String why) {
    Findings found =
        new Findings(
            List.of(
                Finding.risk("a risk", "", why),
                Finding.note("a note", "", "n"),
                Finding.bad("what closes it", "", "is down")));
    return WayBack.found(strategy, found, "1 minute", "nothing", "never");
  }

  private static String table(List<WayBack> ways) {
    return WaysTable.of(
        new Reversibility(
            new PlanId("p"), Instant.EPOCH, ways, Optional.empty(), Optional.empty()));
  }

  @Test
  void saysWhatClosesAWayBeforeWhatItCanLose() {
    assertThat(way(Strategy.LOGICAL, "can lose").why())
        .isEqualTo("what closes it: is down; a risk: can lose");
  }

  @Test
  void cutsNoReasonWhereThereIsRoom() {
    assertThat(table(List.of(way(Strategy.LOGICAL, LONG)))).contains("deletes are missing");
  }

  @Test
  void showsAllWaysHoweverMuchThereIsToSay() {
    List<WayBack> all =
        Stream.of(Strategy.values()).map(each -> way(each, LONG.repeat(10))).toList();
    assertThat(table(all))
        .hasSizeLessThan(4_000)
        .contains(Stream.of(Strategy.values()).map(each -> "| " + each.word()).toList());
  }
}
