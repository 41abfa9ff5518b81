package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Contacts and chains that are refused, each with the words that matter. */
class BadPlanContactsTest {
  private static final String ADA = "{id: ada, name: Ada L., user: ada, sms: \"env:ADA\"}";
  private static final String LEAD = "{role: technical-lead, chain: [{contact: ada, after: 10m}]}";
  @TempDir Path directory;

  static Stream<Arguments> contacts() {
    return Stream.of(
        bad(people("{id: ada, name: Ada, user: ada}"), "onCall[0].id has no way to be reached"),
        bad(
            people(ADA + ", " + ADA),
            "onCall[1].id is the same as that of another contact: \"ada\""),
        bad(
            people("{id: ada, name: Ada, user: ada, mail: \"a@b.example,c@d.example\"}"),
            "onCall[0].mail is \"a@b.example,c@d.example\""),
        bad(
            people("{id: ada, name: Ada, user: ada, mail: \"a@b.example\\r\\nBcc: c@d.example\"}"),
            "onCall[0].mail is \"a@b.example\\u000d\\u000aBcc: c@d.example\""),
        bad(
            people("{id: ada, name: Ada, user: ada, mail: a@b.example}"),
            "onCall[0].mail is an address, but communication.mail names no server"),
        bad(
            people("{id: ada, name: Ada, user: ada, sms: \"+33600000000\"}"),
            "onCall[0].sms is not a reference"),
        bad(
            people("{id: ada, name: Ada, user: ada, chat: \"https://hooks.example/T0\"}"),
            "onCall[0].chat is not a reference"),
        bad(
            people("{id: ada, name: \"A\\r\\nda\", user: ada, sms: \"env:A\"}"),
            "onCall[0].name contains a line break"),
        bad("{onCall: [" + ADA + "]}", "onCall is never called"),
        bad(
            chain("{role: boss, chain: [{contact: ada, after: 1m}]}"),
            "escalation[0].role is \"boss\""),
        bad(
            chain("{role: approvers, chain: [{contact: ada, after: 1m}]}"),
            "escalation[0].role is \"approvers\", which may not decide"),
        bad(chain("{role: technical-lead, chain: []}"), "escalation[0].chain has 0 items"),
        bad(chain(LEAD + ", " + LEAD), "escalation[1].role has a chain above already"),
        bad(
            chain("{role: technical-lead, chain: [{contact: adda, after: 1m}]}"),
            "escalation[0].chain[0].contact is \"adda\", which no contact of onCall has as id"),
        bad(
            chain("{role: technical-lead, chain: [{contact: ada, after: -5m}]}"),
            "escalation[0].chain[0].after is \"-5m\""),
        bad(
            chain(
                "{role: technical-lead, chain: [{contact: ada, after: 5m}, {contact: ada, after:"
                    + " 6m}]}"),
            "escalation[0].chain[1].contact is called above already: \"ada\""),
        bad(
            "{onCall: [%s, %s], escalation: [%s]}"
                .formatted(
                    ADA,
                    ADA.replace("ada", "bob"),
                    "{role: technical-lead, chain: [{contact: ada, after: 5m}, {contact: bob,"
                        + " after: 5m}]}"),
            "escalation[0].chain[1].after is not after the call before it"),
        bad("{grace: {high: -1m}}", "grace.high is \"-1m\""),
        bad("{grace: {critical: 5m}}", "grace.critical is not a known key"));
  }

  private static String people(String people) {
    return "{onCall: [%s], escalation: [%s]}".formatted(people, LEAD);
  }

  private static String chain(String chains) {
    return "{onCall: [%s], escalation: [%s]}".formatted(ADA, chains);
  }

  private static Arguments bad(String contacts, String words) {
    return Arguments.of(contacts, words);
  }

  @ParameterizedTest
  @MethodSource("contacts")
  void refusesThem(String contacts, String words) {
    assertThat(PlanTexts.messages(directory, plus("contacts: " + contacts)))
        .anySatisfy(message -> assertThat(message).contains("contacts." + words));
  }

  @Test
  void readsThem() {
    PlanFile file =
        PlanTexts.read(
            directory,
            plus(
                "contacts: {onCall: [%s], escalation: [%s], grace: {low: 2h}}"
                    .formatted(ADA, LEAD)));

    assertThat(file.errors()).isEmpty();
    ContactRules contacts = ((PlanFile.Good) file).plan().contacts();
    assertThat(contacts.contact("ada"))
        .hasValueSatisfying(ada -> assertThat(ada.sms()).contains(new SecretRef("env:ADA")));
    assertThat(contacts.chains().get(0).steps())
        .containsExactly(new Step("ada", Duration.ofMinutes(10)));
    assertThat(contacts.grace().low()).contains(Duration.ofHours(2));
    assertThat(contacts.grace().high()).isEmpty();
  }
}
