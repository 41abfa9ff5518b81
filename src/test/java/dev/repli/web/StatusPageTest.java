package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.PlanId;
import dev.repli.web.RawHttp.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What people without a log-in see, and what they never see. */
@WebTest
final class StatusPageTest {
  private static final List<String> INSIDE =
      List.of("db1.internal", "db2.internal", "inc-secret", "ann.operator", "The shop", "\"shop\"");

  @Autowired private Outbox outbox;
  @LocalServerPort private int port;

  /** With every fact that a message of a run can have, also those that are not for the public. */
  private void say(Moment moment, State state) {
    Map<String, String> facts = new HashMap<>();
    facts.put("service", "Online <shop>");
    facts.put("contact", "help@shop.example");
    facts.put("at", "2026-11-21T14:05:00Z");
    facts.put("begunAt", "2026-11-21T14:00:00Z");
    facts.put("tookMs", "300000");
    facts.put("expectedMs", "600000");
    facts.put("nothingLost", "yes");
    facts.put("fromNode", "db2.internal");
    facts.put("toNode", "db1.internal");
    facts.put("run", "inc-secret");
    facts.put("by", "ann.operator");
    facts.put("reason", "ann.operator saw db1.internal fail");
    facts.put("title", "The shop");
    outbox.put(
        Message.fresh(
            UUID.randomUUID().toString(),
            new PlanId("shop"),
            "inc-secret",
            Message.STATUS_PAGE,
            Audience.USERS,
            moment,
            facts,
            state,
            Instant.parse("2026-11-21T14:05:00Z")));
  }

  private Answer page(String address) throws Exception {
    return new RawHttp(port, "").get(address);
  }

  @Test
  void showsEverybodyWhatIsGoingOnAndWhatWas() throws Exception {
    say(Moment.ROLLBACK_RUNNING, State.SENT);
    assertThat(page("/status?lang=en").body())
        .contains("<h2>Online &lt;shop&gt;</h2>", "Work in progress", "former state");
    say(Moment.ROLLBACK_DONE, State.SENT);

    Answer english = page("/status?lang=en");
    assertThat(english.status()).isEqualTo(200);
    assertThat(english.body())
        .contains("<p class=\"now\">Works</p>", "No data were lost.", "former state")
        .doesNotContain("<script", "Online <shop>");
    assertThat(page("/status?lang=fr").body())
        .contains("<html lang=\"fr\">", "Fonctionne", "Aucune donnée n&#39;a été perdue.");
  }

  @Test
  void doesNotSayThatItWorksBecauseMuchWasSaidSince() throws Exception {
    say(Moment.ROLLBACK_RUNNING, State.SENT);
    for (int i = 0; i < 60; i++) {
      say(Moment.PROGRESS, State.SENT);
    }

    String english = page("/status?lang=en").body();
    assertThat(english).contains("<p class=\"now\">Work in progress");
    assertThat(english.split("<article>", -1)).as("no more than it says").hasSize(21);
    assertThat(english).contains("Only the 20 newest messages are shown.");
    assertThat(page("/status?lang=fr").body()).contains("Seuls les 20 messages");
  }

  @Test
  void showsNoNameFromInsideWhateverTheMessage() throws Exception {
    for (Moment moment : Moment.values()) {
      if (moment != Moment.STEP && moment != Moment.SILENCE && moment != Moment.TEST) {
        say(moment, State.SENT);
      }
    }
    say(Moment.STEP, State.SENT);

    assertThat(page("/status?lang=en").body() + page("/status?lang=fr").body())
        .contains("help@shop.example")
        .doesNotContain(INSIDE);
  }

  @Test
  void showsNothingThatWasOnlyPlannedOrWaits() throws Exception {
    say(Moment.WORK_ENDED, State.DRAFT);
    say(Moment.CUTOVER_UNDONE, State.PLANNED);

    assertThat(outbox.newest(Message.STATUS_PAGE, 2)).hasSize(2);
    assertThat(page("/status?lang=en").body()).doesNotContain("<script");
  }

  @Test
  void loadsNothingAndCanBeFramedByNobody() throws Exception {
    Answer page = page("/status");

    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
  }

  @Test
  void saysWhatEachChannelAnswersToATest() throws Exception {
    Answer answer = new RawHttp(port, "op1").post("/api/plans/shop/communication/test", "");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("war-room", "refused", "it answers 404");
    assertThat(new RawHttp(port, "op1").get("/api/communication").status()).isEqualTo(200);
    assertThat(page("/api/communication").status()).isEqualTo(401);
  }

  @Test
  void showsTheMessagesOfARunToThoseWhoLogIn() throws Exception {
    say(Moment.ROLLBACK_RUNNING, State.SENT);

    assertThat(new RawHttp(port, "op1").get("/api/runs/inc-secret/messages").body())
        .contains("rollback-running", "sent", "Online <shop>");
  }
}
