package dev.repli.plan.yaml;

import static dev.repli.plan.yaml.PlanTexts.plus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Channels that are refused, each with the words that matter. */
class BadPlanCommunicationTest {
  @TempDir Path directory;

  static Stream<Arguments> channels() {
    return Stream.of(
        bad("{type: pigeon, name: x}", "channels[0].type is \"pigeon\", which is not a known type"),
        bad("{type: slack, name: x, audience: users}", "channels[0].url is missing"),
        bad(
            "{type: slack, name: x, audience: users, url: \"https://hooks.example/T0/B0\"}",
            "channels[0].url is not a reference; the secret itself does not belong into a plan"),
        bad(
            "{type: slack, name: x, audience: everyone, url: \"env:U\"}",
            "channels[0].audience is \"everyone\""),
        bad(
            "{type: mail, name: x, audience: users, to: [a@shop.example]}",
            "channels[0].type is mail, but communication.mail names no server"),
        bad(
            "{type: mail, name: x, audience: users, to: [\"a@b.example,c@d.example\"]}",
            "channels[0].to[0] is \"a@b.example,c@d.example\""),
        bad(
            "{type: mail, name: x, audience: users, to: [\"a@b.example\\r\\nBcc: c@d.example\"]}",
            "channels[0].to[0] is \"a@b.example\\u000d\\u000aBcc: c@d.example\""),
        bad(
            "{type: webhook, name: x, audience: users, url: \"env:U\", body: '{\"t\":\"{{{text}}}\"}'}",
            "channels[0].body has \"{"),
        bad(
            "{type: webhook, name: x, audience: users, url: \"env:U\", body: '{{password}}'}",
            "channels[0].body has \"{{password}}\""),
        bad(
            "{type: webhook, name: x, audience: users, url: \"env:U\", body: '{{>other}}'}",
            "channels[0].body has \"{{>other}}\""),
        bad("{type: pagerduty, name: x, audience: lead}", "channels[0].key is missing"));
  }

  @ParameterizedTest
  @MethodSource("channels")
  void refusesTheChannel(String channel, String words) {
    assertThat(PlanTexts.messages(directory, plus("communication: {channels: [" + channel + "]}")))
        .anySatisfy(message -> assertThat(message).contains("communication." + words.strip()));
  }

  @Test
  void refusesTwoChannelsOfOneName() {
    String twice = "{type: teams, name: x, audience: lead, url: \"env:U\"}";

    assertThat(
            PlanTexts.messages(
                directory, plus("communication: {channels: [%s, %s]}".formatted(twice, twice))))
        .singleElement()
        .asString()
        .contains("channels[1].name is the same as that of another channel: \"x\"");
  }

  @Test
  void refusesAPasswordThatWouldCrossTheNetworkAsItIs() {
    assertThat(
            PlanTexts.messages(
                directory,
                plus(
                    "communication: {mail: {host: mail.example, from: r@shop.example,"
                        + " security: none, account: {user: repli, password: \"env:P\"}}}")))
        .singleElement()
        .asString()
        .contains("communication.mail.security is none");
  }

  @Test
  void readsWhatIsRight() {
    PlanFile read =
        PlanTexts.read(
            directory,
            plus(
                """
                    communication:
                      service: Online shop
                      contact: help@shop.example
                      mail: {host: mail.example, from: repli@shop.example}
                      channels:
                        - {type: mail, name: heads, audience: management, to: [a@shop.example], locale: fr}
                        - {type: webhook, name: sms, audience: lead, url: "env:SMS", body: '{"t":"{{text}}"}'}
                      maintenance: {from: "2027-01-31T04:00:00Z", lasts: 30m}
                    """));
    assertThat(read.errors()).isEmpty();
    CommunicationRules rules = ((PlanFile.Good) read).plan().communication();

    assertThat(rules.service()).contains("Online shop");
    assertThat(rules.channels())
        .extracting(channel -> channel.type() + " " + channel.audience())
        .containsExactly(
            CommunicationRules.Type.MAIL + " " + Audience.MANAGEMENT,
            CommunicationRules.Type.WEBHOOK + " " + Audience.LEAD);
    assertThat(rules.maintenance()).isPresent();
  }

  private static Arguments bad(String channel, String words) {
    return Arguments.of(channel, words);
  }
}
