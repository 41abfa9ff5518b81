package dev.repli.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What proves, after a move, that the application works. */
public record Checks(List<QueryCheck> queries, List<HttpCheck> http, List<String> journeys) {
  public Checks {
    queries = List.copyOf(queries);
    http = List.copyOf(http);
    journeys = List.copyOf(journeys);
  }

  /**
   * A read-only query whose first column of the first row, as text, has to equal {@code expected}.
   */
  public record QueryCheck(String name, String sql, String expected) {}

  /** A GET that has to answer with the status and, where given, contain the text. */
  public record HttpCheck(
      String name, URI url, int status, Optional<String> contains, Duration timeout) {}
}
