package dev.repli.delta.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.delta.policy.ChoosePolicies;
import dev.repli.delta.policy.TableFacts;
import dev.repli.delta.policy.TablePolicy;
import dev.repli.plan.DeltaRules;
import dev.repli.plan.DeltaRules.Policy;
import dev.repli.plan.DeltaRules.TableRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule, then that nothing but the plan's own word gives changes up. */
class DeltaPolicyTableTest {
  private static DmnEngine engine;
  private static DmnDecision decision;

  @BeforeAll
  static void readTable() throws IOException {
    engine = DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    try (var table = Files.newInputStream(Path.of("processes/delta/DeltaPolicy.dmn"))) {
      decision = engine.parseDecision("DeltaPolicy", table);
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        // one per rule
        "ABANDON,             false, false, true,  ABANDON",
        "EXPORT_IMPORT,       true,  true,  true,  EXPORT_IMPORT",
        "RECONCILE,           false, true,  false, RECONCILE",
        "REVERSE_REPLICATION, true,  false, true,  REVERSE_REPLICATION",
        "REVERSE_REPLICATION, false, true,  false, ASK",
        "RECONCILE,           true,  false, false, ASK",
        "NONE,                true,  false, true,  REVERSE_REPLICATION",
        "NONE,                false, true,  true,  RECONCILE",
        "NONE,                false, true,  false, EXPORT_IMPORT",
        "NONE,                false, false, false, ASK",
        // what nobody can tell is asked
        "null,    null,  null, null, ASK",
        "NONE,    null,  true, true, ASK",
        "rubbish, false, true, true, ASK",
      })
  void decidesAboutATable(
      @Nullable String planned,
      @Nullable Boolean travels,
      @Nullable Boolean importable,
      @Nullable Boolean writtenOnSource,
      String expected) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("planned", planned);
    facts.put("travels", travels);
    facts.put("importable", importable);
    facts.put("writtenOnSource", writtenOnSource);

    TablePolicy policy =
        DecisionPolicyTable.policy("shop.orders", engine.evaluateDecision(decision, facts));

    assertThat(policy.table()).isEqualTo("shop.orders");
    assertThat(name(policy)).isEqualTo(expected);
  }

  @Test
  void losesNothingUnlessThePlanSaysSo() {
    for (int bits = 0; bits < 8; bits++) {
      TableFacts facts =
          new TableFacts("shop.orders", (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0);
      assertThat(name(decided(facts, Optional.empty()))).as("%s", facts).isNotEqualTo("ABANDON");
      for (Policy planned : Policy.values()) {
        assertThat(name(decided(facts, Optional.of(planned))))
            .as("%s where the plan says %s", facts, planned)
            .isIn(planned.name(), "ASK");
      }
    }
  }

  @Test
  void showsFirstWhatPeopleHaveToDecide() {
    ChoosePolicies policies = new ChoosePolicies(DeltaPolicyTableTest::decided);

    List<TablePolicy> chosen =
        policies.of(
            List.of(
                new TableFacts("shop.sessions", false, true, false),
                new TableFacts("shop.orders", false, true, false),
                new TableFacts("shop.versions", false, false, true)),
            new DeltaRules(
                Optional.empty(), List.of(new TableRule("shop.sessions", Policy.ABANDON))));

    assertThat(chosen)
        .extracting(policy -> policy.table() + " " + name(policy))
        .containsExactly("shop.versions ASK", "shop.orders EXPORT_IMPORT", "shop.sessions ABANDON");
  }

  private static TablePolicy decided(TableFacts facts, Optional<Policy> planned) {
    return DecisionPolicyTable.policy(
        facts.table(),
        engine.evaluateDecision(decision, DecisionPolicyTable.inputs(facts, planned)));
  }

  private static String name(TablePolicy policy) {
    return policy instanceof TablePolicy.Decided decided ? decided.policy().name() : "ASK";
  }
}
