package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.DeltaCounts;
import dev.repli.delta.policy.TablePolicy.Ask;
import dev.repli.delta.policy.TablePolicy.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeltaChoiceTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final Map<String, Policy> DECIDED =
      Map.of("app.orders", Policy.RECONCILE, "app.cache", Policy.ABANDON);

  private static DeltaRules plan(TableRule... rules) {
    return new DeltaRules(Optional.empty(), List.of(rules));
  }

  private static ChosenDelta chosen(DeltaChoice choice) {
    return new ChosenDelta(choice, Map.of());
  }

  @Test
  void importsAsTheDecisionTableSays() {
    assertThat(chosen(DeltaChoice.IMPORT).policies(plan(), DECIDED))
        .containsEntry("app.orders", Policy.RECONCILE)
        .containsEntry("app.cache", Policy.ABANDON);
  }

  @Test
  void reconcilesWhatThePlanDoesNotGiveUp() {
    Map<String, Policy> policies =
        chosen(DeltaChoice.RECONCILE)
            .policies(
                plan(new TableRule("app.cache", Policy.ABANDON)),
                Map.of("app.orders", Policy.EXPORT_IMPORT));

    assertThat(policies).containsEntry("app.cache", Policy.ABANDON);
    assertThat(policies).doesNotContainKey("app.orders");
    assertThat(chosen(DeltaChoice.RECONCILE).others()).isEqualTo(Policy.RECONCILE);
  }

  @Test
  void importsWhatWasToTravelWhenPeopleChooseTheImport() {
    assertThat(
            chosen(DeltaChoice.IMPORT)
                .policies(plan(new TableRule("app.orders", Policy.REVERSE_REPLICATION)), Map.of()))
        .doesNotContainKey("app.orders");
  }

  @Test
  void abandonsAllButItsOwnProof() {
    assertThat(chosen(DeltaChoice.ABANDON).policies(plan(), DECIDED))
        .isEqualTo(Map.of("repli_probe.probe_write", Policy.EXPORT_IMPORT));
  }

  @Test
  void readsTheNewestProposalOfTheTable() {
    Journal journal = new InMemoryJournal();
    journal.append(RUN, new Milestone("DELTA_POLICIES", "", Map.of("app.orders", "ABANDON")));
    journal.append(RUN, new Milestone("DELTA_POLICIES", "", Map.of("app.orders", "RECONCILE")));

    assertThat(TablePolicies.decided(journal, RUN))
        .isEqualTo(Map.of("app.orders", Policy.RECONCILE));
  }

  @Test
  void showsWhatHappensToEachTable() {
    DeltaCounts.Table rows = new DeltaCounts.Table(1, 2, 3, 0);

    assertThat(
            CarriedCounts.table(
                Map.of("app.orders", rows, "app.odd", rows),
                Map.of(
                    "app.orders", new Decided("app.orders", Policy.RECONCILE, "both wrote"),
                    "app.odd", new Ask("app.odd", "no such table")),
                1_000))
        .contains("| 3 | imported, both sides have written: both wrote |")
        .contains("| 3 | **you decide:** no such table |");
    assertThat(CarriedCounts.table(Map.of("app.orders", rows), Map.of(), 1_000))
        .doesNotContain("what happens");
  }
}
