package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportId;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Starts and stops streams for people. What they did stands in the journal. */
public final class OrderStream {
  private static final Pattern MARIADB =
      Pattern.compile("[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,20}(,[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,20})*");
  private static final Pattern MYSQL =
      Pattern.compile("[0-9a-f-]{36}(:[0-9]+(-[0-9]+)?)+(,[0-9a-f-]{36}(:[0-9]+(-[0-9]+)?)+)*");

  private final StreamStore streams;
  private final StreamObjections objections;
  private final Journal journal;
  private final Clock clock;

  public OrderStream(
      StreamStore streams, StreamObjections objections, Journal journal, Clock clock) {
    this.streams = streams;
    this.objections = objections;
    this.journal = journal;
    this.clock = clock;
  }

  /** The position in the target's language; empty when it is none. */
  public static Optional<Position> position(Plan plan, String text) {
    boolean mariaDb = plan.target().kind() == Node.Kind.MARIADB;
    Position.Kind kind = mariaDb ? Position.Kind.MARIADB_GTID : Position.Kind.MYSQL_GTID_SET;
    return (mariaDb ? MARIADB : MYSQL).matcher(text).matches()
        ? Optional.of(new Position(kind, text))
        : Optional.empty();
  }

  /** What happened to a plan's streams. */
  static RunKey journalOf(PlanId plan) {
    return new RunKey("reverse-stream-" + plan);
  }

  /** What came of a start. */
  public sealed interface Start {
    /** It runs within a second on one of the nodes. */
    record Started(KnownStream stream) implements Start {}

    /** Nothing was changed. */
    record Refused(List<String> why) implements Start {
      public Refused {
        why = List.copyOf(why);
      }
    }
  }

  /** Started from the same position it goes on. */
  public Start start(Plan plan, Position from, String who) {
    List<String> against = objections.to(plan);
    if (!against.isEmpty()) {
      return new Start.Refused(against);
    }
    String name =
        UUID.nameUUIDFromBytes((plan.id() + " " + from.value()).getBytes(StandardCharsets.UTF_8))
            .toString();
    StreamOrder order =
        new StreamOrder(plan.id(), new ImportId("stream-" + plan.id() + "-" + name), from);
    note(plan.id(), "STREAM_STARTED", who + " starts the reverse stream from " + from, who);
    streams.want(order, clock.instant());
    return new Start.Started(streams.find(plan.id()).orElseThrow());
  }

  /** It ends between two transactions; started again it goes on there. */
  public Optional<KnownStream> stop(PlanId plan, String who, String reason) {
    if (streams.find(plan).isEmpty()) {
      return Optional.empty();
    }
    note(plan, "STREAM_STOPPED", who + " stops the reverse stream: " + reason, who);
    streams.stop(plan);
    return streams.find(plan);
  }

  private void note(PlanId plan, String name, String text, String who) {
    journal.append(journalOf(plan), new Milestone(name, text, Map.of("who", who)));
  }
}
