package dev.repli.logical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import dev.repli.rollback.EvidenceTable;
import dev.repli.run.RunKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people chose for the tables that were left to them. */
class ChosenDeltaTest {
  private static final RunKey RUN = new RunKey("INC-1");
  private static final AskedTables ASKED =
      new AskedTables(Map.of("app.log", "4 inserted: trigger app.t", "app.odd", "1 inserted: why"));
  private static final DeltaRules PLAN =
      new DeltaRules(
          Optional.empty(), List.of(new TableRule("app.odd", Policy.REVERSE_REPLICATION)));
  private static final ChosenDelta CHOSEN =
      new ChosenDelta(
          DeltaChoice.IMPORT, Map.of("app.log", Policy.ABANDON, "app.odd", Policy.EXPORT_IMPORT));

  private final Journal journal = new InMemoryJournal();

  private List<Milestone> milestones(String name) {
    return journal.read(RUN).stream()
        .map(entry -> entry.evidence())
        .filter(Milestone.class::isInstance)
        .map(Milestone.class::cast)
        .filter(milestone -> milestone.name().equals(name))
        .toList();
  }

  @Test
  void standsInTheJournalWithAMilestoneForEachTable() {
    CHOSEN.keep(journal, RUN, ASKED);

    assertThat(ChosenDelta.of(journal, RUN)).contains(CHOSEN);
    assertThat(milestones("DELTA_TABLE_CHOSEN"))
        .extracting(Milestone::text)
        .containsExactly(
            "app.log: abandoned, as people chose (4 inserted: trigger app.t)",
            "app.odd: imported, as people chose (1 inserted: why)");
    assertThat(milestones("DELTA_TABLE_CHOSEN").get(0).facts())
        .containsEntry("table", "app.log")
        .containsEntry("policy", "ABANDON");
  }

  @Test
  void anotherChoiceAfterARejectionForgetsTheFirst() {
    CHOSEN.keep(journal, RUN, ASKED);
    ChosenDelta all = new ChosenDelta(DeltaChoice.ABANDON, Map.of());
    all.keep(journal, RUN, ASKED);

    assertThat(ChosenDelta.of(journal, RUN)).contains(all);
  }

  @Test
  void countsForTheImportMoreThanPlanAndDecisionTable() {
    Map<String, Policy> decided = Map.of("app.orders", Policy.RECONCILE);

    assertThat(CHOSEN.policies(PLAN, decided))
        .containsEntry("app.log", Policy.ABANDON)
        .containsEntry("app.odd", Policy.EXPORT_IMPORT)
        .containsEntry("app.orders", Policy.RECONCILE)
        .containsEntry("repli_probe.probe_write", Policy.EXPORT_IMPORT);
    assertThat(new ChosenDelta(DeltaChoice.RECONCILE, CHOSEN.tables()).policies(PLAN, decided))
        .containsEntry("app.log", Policy.ABANDON)
        .containsEntry("app.odd", Policy.EXPORT_IMPORT)
        .doesNotContainKey("app.orders");
  }

  @Test
  void namesWhatIsLostForThoseWhoApprove() {
    assertThat(CHOSEN.loss(ASKED))
        .containsSubsequence(
            "The changes of 1 table are abandoned",
            "- **abandoned:** app\\.log \\(4 inserted\\: trigger app\\.t\\)",
            "- imported: app\\.odd");
    assertThat(new ChosenDelta(DeltaChoice.ABANDON, Map.of()).loss(ASKED))
        .contains("of all tables since the cutover are abandoned");
    assertThat(new ChosenDelta(DeltaChoice.IMPORT, Map.of("app.log", Policy.RECONCILE)).loss(ASKED))
        .as("nothing is lost, so nobody has to approve")
        .isEmpty();
  }

  @Test
  void namesAsManyAsAFormCanShow() {
    Map<String, Policy> many = new TreeMap<>();
    IntStream.range(0, 300).forEach(i -> many.put("app.t%03d".formatted(i), Policy.ABANDON));
    many.put("app.a", Policy.RECONCILE);

    assertThat(new ChosenDelta(DeltaChoice.IMPORT, many).loss(AskedTables.NONE))
        .hasSizeLessThanOrEqualTo(EvidenceTable.LIMIT)
        .contains("The changes of 300 tables are abandoned", "- **abandoned:** app\\.t000")
        .containsPattern("and \\d+ tables more: DELTA_TABLE_CHOSEN in the journal");
  }
}
