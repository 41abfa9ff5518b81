package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;

import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.database.Position;
import dev.repli.rollback.Finding;
import java.time.Duration;
import java.util.Optional;

/**
 * The way back of a canary row by Repli's own stream, before the cutover. The target gives the row
 * up before the source gets it: the source's own row comes to the target by replication, and would
 * otherwise be there twice.
 */
final class StreamedCanary {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  /** What the import writes down on the source comes to the target by replication, too. */
  private static final String TABLES =
      "SELECT COALESCE(GROUP_CONCAT(table_name ORDER BY table_name), '') FROM"
          + " information_schema.tables WHERE table_schema = 'repli_probe'";

  private final StreamCanary stream;

  StreamedCanary(StreamCanary stream) {
    this.stream = stream;
  }

  /** See {@link StreamCanary#prepare}; the target has to have it before {@link #back}. */
  void prepare(Situation now) {
    stream.prepare(now.plan());
  }

  /** Whether a row of the target comes to the source. */
  Finding back(String what, Situation now, String run, String id) {
    String where = now.target().node().label() + " to " + now.source().node().label();
    try {
      Optional<String> why = carried(now, run, id);
      if (why.isPresent()) {
        return bad(what, where, why.get());
      }
      boolean arrived = CanaryProof.arrived(now.source(), run, id);
      return expect(
          arrived,
          what,
          where,
          arrived ? "arrived by Repli's own stream" : "not there after the import");
    } catch (NodeException e) {
      return bad(what, where, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> carried(Situation now, String run, String id) {
    Optional<String> unequal = unequal(now.source(), now.target());
    if (unequal.isPresent()) {
      return unequal;
    }
    NodeSession target = now.target();
    Position from = target.position();
    target.canary().writePastFence(run, id);
    Position to = target.position();
    target.canary().forget(run, id);
    return stream.carry(now.plan(), from, to);
  }

  private static Optional<String> unequal(NodeSession source, NodeSession target) {
    String here = source.queryText(TABLES, LIMIT).orElse("");
    String there = target.queryText(TABLES, LIMIT).orElse("");
    return here.equals(there)
        ? Optional.empty()
        : Optional.of(
            "schema repli_probe has %s on the source and %s on the target: copy the missing tables"
                .formatted(here, there));
  }
}
