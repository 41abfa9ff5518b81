package dev.repli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what follows the rollback {@code INC-77} is whole, and there once. */
record AfterRollbackJudge(ServedRepli repli, TeamInbox inbox) {
  private static final String ROLLBACK = "INC-77";
  private static final String WATCH = ROLLBACK + "-watch";
  static final String POST_MORTEM = ROLLBACK + "-post-mortem";

  /** Only the message that it is due says this; the moment is that of what came along with it. */
  static final String DUE = "Due: ";

  private static final String PUBLISHED = "Published: ";
  private static final Pattern CHART = Pattern.compile("\\(([a-z/-]+\\.svg)\\)");

  void judge() throws IOException {
    theRoundsStandInTheJournalOnce();
    theStepsOfThePostMortemStandThereOnce();
    everybodyWasAskedOnce();
    everythingWasToldOnce();
    thePostMortemIsWhole();
  }

  private void theRoundsStandInTheJournalOnce() throws IOException {
    List<String> numbers = new ArrayList<>();
    List<String> rounds = new ArrayList<>();
    for (JsonNode entry : repli.get("/api/runs/" + WATCH + "/timeline")) {
      JsonNode facts = entry.path("evidence").path("facts");
      if (entry.path("evidence").path("name").asText().equals("WATCH_LOOKED")) {
        numbers.add(facts.path("round").asText());
        // one that is repeated may see something else than before it was interrupted
        rounds.add(facts.path("round").asText() + " " + facts.path("state").asText());
      }
    }
    assertThat(rounds).doesNotHaveDuplicates();
    assertThat(numbers).contains("0", "1").isSorted();
    assertThat(instances("RollbackWatchProcess")).isEqualTo(1);
  }

  private void theStepsOfThePostMortemStandThereOnce() throws IOException {
    for (String once :
        List.of(
            "POST_MORTEM_DRAFTED",
            "POST_MORTEM_FIRST_REMINDER",
            "POST_MORTEM_WRITTEN",
            "POST_MORTEM_PUBLISHED")) {
      assertThat(repli.milestones(POST_MORTEM, once)).as(once).isEqualTo(1);
    }
    assertThat(instances("PostMortemProcess")).isEqualTo(1);
  }

  private int instances(String process) throws IOException {
    return repli
        .get("/engine-rest/history/process-instance/count?processDefinitionKey=" + process)
        .path("count")
        .asInt();
  }

  private void everybodyWasAskedOnce() throws IOException {
    List<String> tasks = ServedCutovers.tasks(repli);
    for (String once :
        List.of(
            "Write the post-mortem .+",
            "Accept the post-mortem .+",
            "Action .+: tell the customers",
            "Action .+: an alert")) {
      assertThat(tasks).filteredOn(name -> name.matches(once)).as(once).hasSize(1);
    }
  }

  /** Moment and state of what the post-mortem tells the team. */
  static List<String> told(ServedRepli repli) throws IOException {
    List<String> lines = new ArrayList<>();
    for (JsonNode message : repli.get("/api/runs/" + POST_MORTEM + "/messages")) {
      if (message.path("channel").asText().equals("team")) {
        lines.add(message.path("moment").asText() + " " + message.path("state").asText());
      }
    }
    return lines;
  }

  private void everythingWasToldOnce() throws IOException {
    await()
        .atMost(Duration.ofMinutes(3))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> assertThat(told(repli)).isNotEmpty().allMatch(line -> line.endsWith(" sent")));
    assertThat(told(repli)).containsOnlyOnce("post-mortem-due sent", "post-mortem-published sent");
    assertThat(inbox.received().values())
        .as("under each key one text: another one would be news that nobody hears")
        .allMatch(texts -> texts.size() == 1);
    for (String words : List.of(DUE, PUBLISHED)) {
      assertThat(inbox.saying(words)).as(words).hasSize(1);
    }
  }

  private void thePostMortemIsWhole() throws IOException {
    String address = "/api/runs/" + ROLLBACK + "/post-mortem";
    String text = repli.read("mgr1", address).text();
    assertThat(text)
        .contains("Written by op1, accepted by pm1", "A full disk.", "tell the customers")
        .contains("an alert");
    assertThat(repli.read("mgr1", address + "?format=html").text())
        .contains("accepted by pm1")
        .satisfies(page -> assertThat(page.strip()).endsWith("</html>"));
    Matcher chart = CHART.matcher(text);
    while (chart.find()) {
      String svg = repli.read("mgr1", "/api/runs/" + ROLLBACK + "/" + chart.group(1)).text();
      assertThat(svg.strip()).as(chart.group()).endsWith("</svg>");
    }
  }
}
