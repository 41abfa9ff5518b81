package dev.repli.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.InMemoryJournal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Every guardrail there is, green where it holds and not green where it does not. */
class RedAndGreenTest {
  private static final Map<String, Case> CASES = new HashMap<>();
  private static AnnotationConfigApplicationContext context;

  @BeforeAll
  static void findThem() {
    context = GuardrailLab.context(reference -> "", new InMemoryJournal());
    List.of(
            TopologyAndRouteCases.all(),
            ReplicationCases.all(),
            WorkCases.all(),
            SchemaCases.all(),
            SettingCases.all())
        .forEach(CASES::putAll);
  }

  @AfterAll
  static void forgetThem() {
    context.close();
  }

  /** A new guardrail comes with a case. */
  @Test
  void everyGuardrailHasACaseAndEveryCaseAGuardrail() {
    Set<String> names = new TreeSet<>();
    guardrails().forEach(guardrail -> names.add(guardrail.about().name()));

    assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }

  @TestFactory
  Stream<DynamicTest> isGreenWhereItHoldsAndNotWhereItDoesNot() {
    return guardrails()
        .map(guardrail -> DynamicTest.dynamicTest(name(guardrail), () -> test(guardrail)));
  }

  @Test
  void nothingIsInTheWayOnAPairThatIsFitForACutover() {
    assertThat(guardrails().map(SurveyedPair.mariaDb()::ask))
        .filteredOn(result -> result.status() != Status.GREEN)
        .isEmpty();
  }

  private static void test(Guardrail guardrail) {
    Case shown = CASES.get(name(guardrail));
    assertThat(shown).as("case of %s", name(guardrail)).isNotNull();
    SurveyedPair pair = shown.green().get();
    assertThat(pair.ask(guardrail).status()).as("%s", pair.ask(guardrail)).isEqualTo(Status.GREEN);

    shown.breaks().accept(pair);

    GuardrailResult broken = pair.ask(guardrail);
    assertThat(broken.status()).as("%s", broken).isEqualTo(failing(guardrail.about().severity()));
    assertThat(broken.found()).contains(shown.says());
  }

  private static Status failing(Severity severity) {
    return switch (severity) {
      case BLOCKS -> Status.RED;
      case WARNS -> Status.AMBER;
      case MENDS -> Status.MENDED;
    };
  }

  private static String name(Guardrail guardrail) {
    return guardrail.about().name();
  }

  private static Stream<Guardrail> guardrails() {
    return context.getBeansOfType(Guardrail.class).values().stream();
  }
}
