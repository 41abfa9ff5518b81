package dev.repli.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repli.journal.Journal;
import dev.repli.run.RunKey;
import dev.repli.web.RawHttp.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@WebTest
final class StreamApiTest {
  private static final String STREAM = "/api/plans/books/stream";

  @Autowired private Journal journal;
  @LocalServerPort private int port;

  @Test
  void startsAndStopsAStreamAndKeepsWhoDidSo() {
    RawHttp http = new RawHttp(port, "op1");

    Answer started = http.post(STREAM, "{\"from\":\"0-2-100,1-2-7\"}");
    Answer stopped = http.post(STREAM + "/stop", "{\"reason\":\"going forward again\"}");

    assertThat(started.body())
        .contains("\"wanted\":true", "\"state\":\"waiting\"", "0-2-100,1-2-7");
    assertThat(stopped.body()).contains("\"wanted\":false");
    assertThat(http.get(STREAM).body()).isEqualTo(stopped.body());
    assertThat(journal.read(new RunKey("reverse-stream-books")).toString())
        .contains("STREAM_STARTED", "STREAM_STOPPED", "op1", "going forward again");
  }

  @Test
  void saysWhatItIsAtAndBeginsNoOtherOneBesideIt() {
    RawHttp http = new RawHttp(port, "op1");
    String from = "{\"from\":\"0-2-300\"}";
    http.post(STREAM + "/stop", "{\"reason\":\"of another test\"}");

    Answer started = http.post(STREAM, from);
    int noted = journal.read(new RunKey("reverse-stream-books")).size();
    Answer again = http.post(STREAM, from);
    Answer other = http.post(STREAM, "{\"from\":\"0-2-400\"}");

    assertThat(started.body()).contains("No Repli runs it now", "\"owner\":\"\"", "leaseUntil");
    assertThat(again.status()).isEqualTo(200);
    assertThat(journal.read(new RunKey("reverse-stream-books"))).hasSize(noted);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body()).contains("stream from 0-2-300 is wanted", "stop it first");
    http.post(STREAM + "/stop", "{\"reason\":\"enough\"}");
    assertThat(http.get(STREAM).body()).contains("It is stopped; start it from 0-2-300");
  }

  @Test
  void refusesWhatIsNoPositionOfTheTargetAndPeopleWithoutTheRole() {
    RawHttp http = new RawHttp(port, "op1");

    assertThat(
            List.of(
                http.post(STREAM, "{\"from\":\"mysql-bin.000001:4\"}").status(),
                http.post(STREAM, "{}").status(),
                http.post(STREAM + "/stop", "{}").status()))
        .containsOnly(422);
    assertThat(http.get("/api/plans/shop/stream").body()).contains("no-stream");
    assertThat(http.get("/api/plans/none/stream").body()).contains("no-such-plan");
    assertThat(new RawHttp(port, "mgr1").post(STREAM, "{\"from\":\"0-2-1\"}").status())
        .isEqualTo(403);
  }

  @Test
  void startsNothingWhereTheSourceIsWrittenByOthers() {
    RawHttp http = new RawHttp(port, "op1");

    Answer refused = http.post("/api/plans/shop/stream", "{\"from\":\"0-2-100\"}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("stream-impossible", "Nothing was started", "fence it");
    assertThat(http.get("/api/plans/shop/stream").status()).isEqualTo(404);
  }
}
