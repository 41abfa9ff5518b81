package dev.repli.communication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Moment.Phase;
import dev.repli.plan.CommunicationRules.Audience;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row per rule of the table, and that nobody is forgotten. */
class CommunicationMatrixTest {
  private final Matrix matrix = new TableMatrix();

  @ParameterizedTest
  @CsvSource({
    "BEFORE, TECHNICAL, CHAT KEY PT168H; CHAT KEY PT24H",
    "BEFORE, MANAGEMENT, MAIL KEY PT168H",
    "BEFORE, USERS, STATUS_PAGE END PT24H",
    "DURING, TECHNICAL, CHAT STEP PT30M",
    "DURING, MANAGEMENT, CHAT KEY -; MAIL KEY -",
    "DURING, USERS, STATUS_PAGE END -",
    "INCIDENT, TECHNICAL, CHAT STEP PT30M",
    "INCIDENT, MANAGEMENT, CALL KEY -",
    "INCIDENT, LEAD, CALL KEY -",
    "INCIDENT, USERS, STATUS_PAGE END PT15M",
    "INCIDENT, COMMUNICATION, DRAFT END PT1H",
    "ROLLBACK, TECHNICAL, CHAT STEP PT30M",
    "ROLLBACK, MANAGEMENT, CALL END -; MAIL END -",
    "ROLLBACK, LEAD, CALL END -",
    "ROLLBACK, USERS, STATUS_PAGE END PT15M",
    "ROLLBACK, COMMUNICATION, DRAFT END PT1H",
    "AFTER, TECHNICAL, CHAT STEP -",
    "AFTER, MANAGEMENT, MAIL KEY -",
    "AFTER, LEAD, CALL END -",
    "POST_MORTEM, TECHNICAL, CHAT STEP -",
    "POST_MORTEM, MANAGEMENT, MAIL KEY -",
    "POST_MORTEM, COMMUNICATION, MAIL KEY -",
    "POST_MORTEM, LEAD, CALL END -",
    "REMINDER, TECHNICAL, CHAT STEP -",
    "REMINDER, LEAD, CALL END -",
  })
  void tellsAnAudienceInAPhase(Phase phase, Audience audience, String rules) {
    assertThat(matrix.rules(phase, audience))
        .extracting(
            rule ->
                rule.means()
                    + " "
                    + rule.least()
                    + " "
                    + rule.every().map(Object::toString).orElse("-"))
        .containsExactlyInAnyOrder(rules.split("; "));
  }

  @Test
  void theCommunicationTeamReadsPostMortemsAndNothingElseThatComesAfter() {
    assertThat(matrix.rules(Phase.AFTER, Audience.COMMUNICATION)).isEmpty();
    assertThat(Arrays.stream(Moment.values()).filter(any -> any.phase() == Phase.POST_MORTEM))
        .containsExactlyInAnyOrder(
            Moment.POST_MORTEM_DUE, Moment.POST_MORTEM_OVERDUE, Moment.POST_MORTEM_PUBLISHED);
  }

  @Test
  void everyPhaseReachesTechnicalTeamsAndManagementButNoReminderManagement() {
    assertThat(matrix.rules(Phase.REMINDER, Audience.MANAGEMENT)).isEmpty();
    assertThat(Arrays.stream(Phase.values()).filter(phase -> phase != Phase.REMINDER))
        .allSatisfy(
            phase ->
                assertThat(Stream.of(Audience.TECHNICAL, Audience.MANAGEMENT))
                    .allSatisfy(
                        audience -> assertThat(matrix.rules(phase, audience)).isNotEmpty()));
    assertThat(Arrays.stream(Phase.values()).filter(phase -> phase.compareTo(Phase.AFTER) < 0))
        .allSatisfy(phase -> assertThat(matrix.rules(phase, Audience.USERS)).isNotEmpty());
  }
}
