package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.plan.PlanId;
import dev.repli.postmortem.Learned;
import dev.repli.postmortem.PostMortem;
import dev.repli.postmortem.PostMortems;
import dev.repli.run.RunKey;
import dev.repli.web.RawHttp.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
final class PostMortemApiTest {
  @Autowired private PostMortems kept;
  @LocalServerPort private int port;
  private final RunKey rollback = new RunKey("roll-" + UUID.randomUUID());
  private String address = "";

  @BeforeEach
  void keep() {
    address = "/api/runs/" + rollback + "/post-mortem";
    kept.keep(
        new PostMortem(
            rollback,
            new RunKey(rollback + "-post-mortem"),
            new PlanId("shop"),
            PostMortem.State.DRAFT,
            Instant.parse("2026-03-01T12:00:00Z"),
            "",
            Learned.NOTHING,
            "# Post-mortem",
            "<!DOCTYPE html><h1>Post-mortem</h1>",
            Map.of("lag.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")));
  }

  private Answer get(String path) throws Exception {
    return new RawHttp(port, "op1").get(path);
  }

  @Test
  void comesAsMarkdownOrAsAPageWithoutScripts() throws Exception {
    Answer text = get(address);
    assertThat(text.status()).isEqualTo(200);
    assertThat(text.header("Content-Type")).startsWith("text/markdown");
    assertThat(text.body()).isEqualTo("# Post-mortem");

    Answer page = get(address + "?format=html");
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.body()).contains("<h1>Post-mortem</h1>");
    assertThat(get("/api/runs/" + rollback + "-post-mortem/post-mortem").body())
        .isEqualTo("# Post-mortem");
  }

  @Test
  void hasItsChartsBesideIt() throws Exception {
    Answer chart = get(address + "/lag.svg");
    assertThat(chart.status()).isEqualTo(200);
    assertThat(chart.header("Content-Type")).startsWith("image/svg+xml");
    assertThat(chart.body()).startsWith("<svg");
    assertThat(get(address + "/none.svg").status()).isEqualTo(404);
  }

  @Test
  void refusesWhatIsNotThereAndStrangers() throws Exception {
    assertThat(get("/api/runs/none/post-mortem").status()).isEqualTo(404);
    assertThat(get(address + "?format=pdf").status()).isEqualTo(400);
    assertThat(new RawHttp(port, "").get(address).status()).isEqualTo(401);
  }
}
