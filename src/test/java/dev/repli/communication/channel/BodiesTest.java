package dev.repli.communication.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.communication.Delivery.Text;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies as long as a channel takes them: nothing is lost, and no service refuses them. */
class BodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What people may write into one message. */
  private static final int OWN_WORDS = 3_000;

  private static Channel channel(CommunicationRules.Type type) {
    return new Channel(
        "out",
        type,
        Audience.TECHNICAL,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static String posted(CommunicationRules.Type type, String subject, String body) {
    return Bodies.of(
        channel(type),
        new Text("key", "page", "Shop", "technical", "step", "", false, subject, body),
        "k3y");
  }

  private static JsonNode json(CommunicationRules.Type type, String subject, String body)
      throws IOException {
    return JSON.readTree(posted(type, subject, body));
  }

  private static String lines(int characters) {
    return IntStream.range(0, characters / 40)
        .mapToObj(i -> "%05d ".formatted(i) + "x".repeat(33))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> slackBlocks(String subject, String body) throws IOException {
    List<String> texts = new ArrayList<>();
    json(CommunicationRules.Type.SLACK, subject, body)
        .get("blocks")
        .forEach(block -> texts.add(block.at("/text/text").asText()));
    return texts;
  }

  private static List<String> slackParts(String body) throws IOException {
    return slackBlocks("Subject", body).stream().skip(1).toList();
  }

  @Test
  void partsWhatSlackTakesNotInOneBlockAtItsLines() throws IOException {
    String body = lines(Bodies.longest(CommunicationRules.Type.SLACK));

    List<String> parts = slackParts(body);
    assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.length() <= 3_000);
    assertThat(String.join("\n", parts)).isEqualTo(body);
  }

  @Test
  void partsOneEndlessLineForSlackBetweenCharacters() throws IOException {
    String body = "a" + "\ud83d\ude00".repeat(3_000);

    List<String> parts = slackParts(body);
    assertThat(String.join("", parts)).isEqualTo(body);
    assertThat(parts).noneMatch(part -> Character.isLowSurrogate(part.charAt(0)));
  }

  @ParameterizedTest
  @EnumSource(value = CommunicationRules.Type.class, names = "MAIL", mode = EnumSource.Mode.EXCLUDE)
  void tellsEverythingThatTheChannelTakes(CommunicationRules.Type type) {
    String body = lines(Bodies.longest(type));

    String posted = posted(type, "Subject", body);
    body.lines().forEach(line -> assertThat(posted).contains(line));
    assertThat(Bodies.longest(type)).isGreaterThan(OWN_WORDS);
  }

  /** The signs that take most room. */
  @ParameterizedTest
  @CsvSource({"SLACK, 40000", "TEAMS, 28672", "PAGERDUTY, 524288"})
  void staysBelowWhatTheServiceTakes(CommunicationRules.Type type, int bytes) {
    for (String sign : List.of("\u2603", "\"")) {
      String body = posted(type, sign.repeat(1_000), sign.repeat(Bodies.longest(type)));
      assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(bytes);
    }
  }

  @Test
  void staysBelowWhatSlackTakesInAllBlocks() throws IOException {
    List<String> texts =
        slackBlocks("s".repeat(4_000), lines(Bodies.longest(CommunicationRules.Type.SLACK)));

    assertThat(texts.stream().mapToInt(String::length).sum()).isLessThan(12_000);
    assertThat(texts.get(0)).endsWith("s …");
  }

  @Test
  void showsWhereTheSummaryOfAPageIsCut() throws IOException {
    JsonNode page = json(CommunicationRules.Type.PAGERDUTY, "s".repeat(1_100), "text");

    assertThat(page.at("/payload/summary").asText()).endsWith("s …").hasSizeLessThan(1_024);
  }
}
