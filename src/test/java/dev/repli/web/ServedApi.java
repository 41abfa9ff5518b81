package dev.repli.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.repli.journal.Journal;
import dev.repli.longwork.WorkRecords;
import dev.repli.run.Runs;
import dev.repli.web.RawHttp.Answer;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Calls over HTTP, as a user of Repli makes them. */
@WebTest
abstract class ServedApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired Runs runs;
  @Autowired Journal journal;
  @Autowired WorkRecords work;
  @LocalServerPort int port;
  RawHttp http;
  final String id = "inc-" + UUID.randomUUID();

  @BeforeEach
  void connect() {
    http = new RawHttp(port, "op1");
  }

  @AfterEach
  void freeThePlans() {
    runs.newest(500).stream()
        .filter(run -> run.result().isEmpty())
        .forEach(run -> runs.abort(run.key(), "test", "test is over"));
  }

  static JsonNode body(Answer answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}
