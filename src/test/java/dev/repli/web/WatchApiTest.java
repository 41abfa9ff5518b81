package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import dev.repli.web.RawHttp.Answer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
final class WatchApiTest {
  @Autowired private Journal journal;
  @LocalServerPort private int port;
  private final String rollback = "roll-" + UUID.randomUUID();

  @BeforeEach
  void looked() {
    RunKey watch = new RunKey(rollback + "-watch");
    journal.append(watch, new Measured("writer", "db <b>1</b>", "accepts writes", "GOOD"));
    journal.append(watch, new Milestone("WATCH_LOOKED", "first", Map.of("state", "GOOD")));
    journal.append(watch, new Measured("criteria", "", "rollback now", "BAD"));
    journal.append(watch, new Milestone("WATCH_LOOKED", "second", Map.of("state", "BAD")));
  }

  private Answer get(String path) throws Exception {
    return new RawHttp(port, "op1").get(path);
  }

  @Test
  void showsEachRoundOnOnePageWithoutScripts() throws Exception {
    Answer page = get("/api/runs/" + rollback + "/watch.html");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.body())
        .contains("Round 2", "rollback now", "Round 1", "db &lt;b&gt;1&lt;/b&gt;")
        .doesNotContain("<b>1", "<script");
    assertThat(page.body().indexOf("Round 2")).isLessThan(page.body().indexOf("Round 1"));
  }

  @Test
  void answersTheSameAsJsonUnderBothKeys() throws Exception {
    Answer rounds = get("/api/runs/" + rollback + "/watch");

    assertThat(rounds.body()).startsWith("[{").contains("\"state\":\"BAD\"", "db <b>1</b>");
    assertThat(get("/api/runs/" + rollback + "-watch/watch").body()).isEqualTo(rounds.body());
    assertThat(get("/api/runs/none/watch").status()).isEqualTo(404);
  }
}
