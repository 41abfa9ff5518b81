package dev.repli.communication.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Moment;
import dev.repli.communication.Wording.Words;
import dev.repli.plan.CommunicationRules.Audience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MustacheWordingTest {
  private static final Path FOLDER = Path.of("src/main/resources/messages");
  private static final String INSIDE = "db1.internal";
  private final MustacheWording wording = new MustacheWording();

  /** Every fact there is, each with a text that betrays where it came from. */
  private static Map<String, String> everything() {
    Map<String, String> facts = new HashMap<>();
    List.of(
            "title",
            "run",
            "fromNode",
            "toNode",
            "reason",
            "source",
            "severity",
            "text",
            "what",
            "channel",
            "state",
            "by",
            "now",
            "result",
            "rollback",
            "address",
            "incident",
            "starts",
            "versions",
            "verdict",
            "who",
            "role")
        .forEach(name -> facts.put(name, INSIDE + "-" + name));
    List.of("at", "begunAt", "nextAt", "fromAt", "untilAt", "dueAt")
        .forEach(name -> facts.put(name, "2026-11-21T14:05:00Z"));
    List.of("tookMs", "outageMs", "expectedMs", "windowMs", "lastsMs")
        .forEach(name -> facts.put(name, "840000"));
    facts.put("service", "Online shop");
    facts.put("contact", "help@shop.example");
    facts.put("nothingLost", "yes");
    facts.put("acknowledged", "1200");
    facts.put("lost", "0");
    facts.put("duplicated", "0");
    facts.put("aborted", "2");
    return facts;
  }

  static Stream<Moment> moments() {
    return Arrays.stream(Moment.values());
  }

  @ParameterizedTest
  @MethodSource("moments")
  void hasWordsForEveryMomentAudienceAndLanguage(Moment moment) {
    for (Audience audience : Audience.values()) {
      for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
        Words words = wording.words(moment, audience, locale, everything());

        assertThat(words.subject()).isNotBlank().doesNotContain("\n", "{{");
        assertThat(words.body()).isNotBlank().doesNotContain("{{", "\n\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAINTENANCE_PLANNED",
        "CUTOVER_BEGUN",
        "CUTOVER_DONE",
        "CUTOVER_UNDONE",
        "INCIDENT",
        "INCIDENT_RESOLVED",
        "INCIDENT_CLOSED",
        "CONTINGENCY",
        "ROLLBACK_RUNNING",
        "ROLLBACK_DONE",
        "WORK_ENDED",
        "PROGRESS",
        "TAKES_LONGER"
      })
  void tellsUsersNothingFromInside(Moment moment) {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.FRENCH)) {
      Words words = wording.words(moment, Audience.USERS, locale, everything());

      assertThat(words.subject() + words.body()).contains("Online shop").doesNotContain(INSIDE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${7*7}",
        "#{7*7}",
        "{{title}}",
        "{{{title}}}",
        "<#if true>x</#if>",
        "<script>alert(1)</script>",
        "<!channel> @everyone <@U1>",
        "\"; DROP TABLE x; --"
      })
  void letsAFactArriveLiterally(String hostile) {
    Map<String, String> facts = everything();
    facts.put("reason", hostile);

    assertThat(
            wording
                .words(Moment.ROLLBACK_RUNNING, Audience.TECHNICAL, Locale.ENGLISH, facts)
                .body())
        .contains("Why: " + hostile);
  }

  @Test
  void letsNoFactAddALineOrTurnTheText() {
    Map<String, String> facts = everything();
    facts.put("title", "Shop\r\nBcc: all@shop.example\u2028x\u202Egnp");

    Words words = wording.words(Moment.ROLLBACK_RUNNING, Audience.TECHNICAL, Locale.ENGLISH, facts);

    assertThat(words.subject())
        .isEqualTo("Rollback of Shop  Bcc: all@shop.example x gnp is running");
  }

  @Test
  void saysTheStepInTheSubject() {
    Map<String, String> facts = everything();
    facts.put("headline", "Step verification ended");

    assertThat(wording.words(Moment.STEP, Audience.TECHNICAL, Locale.ENGLISH, facts).subject())
        .isEqualTo(INSIDE + "-title: Step verification ended");
    facts.remove("headline");
    assertThat(wording.words(Moment.STEP, Audience.TECHNICAL, Locale.FRENCH, facts).subject())
        .as("kept by a Repli before")
        .isEqualTo(INSIDE + "-title : " + INSIDE + "-run");
  }

  @Test
  void saysTimesAndDurationsInBothLanguages() {
    assertThat(
            wording
                .words(Moment.ROLLBACK_DONE, Audience.USERS, Locale.ENGLISH, everything())
                .body())
        .contains("since 14:05 UTC on 21 November 2026", "took 14 min", "No data were lost.");
    assertThat(
            wording.words(Moment.ROLLBACK_DONE, Audience.USERS, Locale.FRENCH, everything()).body())
        .contains("21 novembre 2026 à 14:05 UTC", "14 min", "Aucune donnée n'a été perdue.");
  }

  @Test
  void doesNotCallNothingWhatIsNotProved() {
    Map<String, String> facts = everything();
    facts.remove("nothingLost");
    facts.put("lossUnknown", "yes");

    assertThat(
            wording.words(Moment.ROLLBACK_DONE, Audience.MANAGEMENT, Locale.ENGLISH, facts).body())
        .contains("nothing proves that there is none")
        .doesNotContain("Data lost: none");
    assertThat(wording.words(Moment.ROLLBACK_DONE, Audience.USERS, Locale.ENGLISH, facts).body())
        .doesNotContain("lost");
  }

  @Test
  void hasTheSameTemplatesInBothLanguages() throws IOException {
    assertThat(names("fr")).isEqualTo(names("en"));
  }

  @Test
  void noTemplateHasATagThatIsMoreThanAFact() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file).replaceAll("\\{\\{[#/^]?[a-zA-Z]+}}", ""))
                      .doesNotContain("{{"));
    }
  }

  private static Set<String> names(String language) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(language))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
