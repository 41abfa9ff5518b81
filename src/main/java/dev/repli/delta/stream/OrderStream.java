package dev.repli.delta.stream;

import dev.repli.database.NodeException;
import dev.repli.database.Position;
import dev.repli.delta.conflict.HeldGroups;
import dev.repli.delta.imports.ImportId;
import dev.repli.delta.stream.StreamReport.State;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.run.RunKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts and stops streams for people. What they did stands in the journal. */
public final class OrderStream {
  private static final String STARTED = "STREAM_STARTED";
  private static final String IMPORT = "import";
  private static final String FROM = "from";
  private static final Pattern MARIADB =
      Pattern.compile("[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,20}(,[0-9]{1,10}-[0-9]{1,10}-[0-9]{1,20})*");
  private static final Pattern MYSQL =
      Pattern.compile("[0-9a-f-]{36}(:[0-9]+(-[0-9]+)?)+(,[0-9a-f-]{36}(:[0-9]+(-[0-9]+)?)+)*");

  private final StreamStore streams;
  private final HeldGroups held;
  private final StreamObjections objections;
  private final Journal journal;
  private final Clock clock;

  public OrderStream(
      StreamStore streams,
      HeldGroups held,
      StreamObjections objections,
      Journal journal,
      Clock clock) {
    this.streams = streams;
    this.held = held;
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

  /** The import that a stream from there is. */
  public static ImportId idOf(PlanId plan, Position from) {
    String name =
        UUID.nameUUIDFromBytes((plan + " " + from.value()).getBytes(StandardCharsets.UTF_8))
            .toString();
    return new ImportId("stream-" + plan + "-" + name);
  }

  /** Imports of a plan's streams that were started since then, as the journal has them. */
  public static List<ImportId> startedSince(Journal journal, PlanId plan, Instant since) {
    return journal.read(journalOf(plan)).stream()
        .filter(entry -> !entry.at().isBefore(since))
        .flatMap(
            entry ->
                entry.evidence() instanceof Milestone milestone
                        && milestone.name().equals(STARTED)
                        && milestone.facts().containsKey(IMPORT)
                    ? Stream.of(new ImportId(milestone.facts().getOrDefault(IMPORT, "")))
                    : Stream.empty())
        .distinct()
        .toList();
  }

  /**
   * A start of a stream.
   *
   * @param from up to here the source had everything, as whoever started it says
   */
  public record Begun(String who, ImportId id, Position from) {}

  /**
   * The newest start since then that the journal has; empty when there was none, or an earlier
   * Repli did not write down from where.
   */
  public static Optional<Begun> newestSince(Journal journal, Plan plan, Instant since) {
    return journal
        .newestMilestone(journalOf(plan.id()), STARTED)
        .filter(entry -> !entry.at().isBefore(since))
        .map(JournalEntry::evidence)
        .map(evidence -> ((Milestone) evidence).facts())
        .flatMap(
            facts ->
                position(plan, facts.getOrDefault(FROM, ""))
                    .map(
                        from ->
                            new Begun(
                                facts.getOrDefault("who", ""),
                                new ImportId(facts.getOrDefault(IMPORT, "")),
                                from)));
  }

  /** What happened to a plan's streams. */
  static RunKey journalOf(PlanId plan) {
    return new RunKey("reverse-stream-" + plan);
  }

  /** What came of a start. */
  public sealed interface Start {
    /** It runs within a second on one of the nodes, or when the lease of one that died is over. */
    record Started(KnownStream stream) implements Start {}

    /** Nothing was changed. */
    record Refused(List<String> why) implements Start {
      public Refused {
        why = List.copyOf(why);
      }
    }
  }

  /**
   * Started from the same position it goes on; one that is blocked tries again. From another
   * position it is another stream, which begins only when the one before is over and decided.
   *
   * @throws NodeException when a node does not answer, so that nobody can say whether it may start;
   *     nothing was changed then
   */
  public Start start(Plan plan, Position from, String who) {
    StreamOrder order = order(plan, from);
    List<String> against = new ArrayList<>(objections.to(plan));
    Optional<KnownStream> known = streams.find(plan.id());
    known.filter(is -> !is.order().equals(order)).ifPresent(is -> against.addAll(before(is)));
    if (!against.isEmpty()) {
      return new Start.Refused(against);
    }
    if (known.filter(is -> is.order().equals(order) && goesOn(is)).isEmpty()) {
      want(order, who);
      List<String> since = against(plan);
      if (!since.isEmpty()) {
        // who began meanwhile has seen no stream
        var unused = stop(plan.id(), who, String.join("; ", since));
        return new Start.Refused(since);
      }
    }
    return new Start.Started(streams.find(plan.id()).orElseThrow());
  }

  private static boolean goesOn(KnownStream known) {
    return known.wanted() && known.report().state() != State.BLOCKED;
  }

  private List<String> before(KnownStream known) {
    String from = known.order().from().value();
    List<String> against = new ArrayList<>();
    if (goesOn(known)) {
      against.add(
          "the stream from %s is wanted (%s): stop it first, or start from that position"
              .formatted(from, known.report().state().name().toLowerCase(Locale.ROOT)));
    } else if (!known.wanted() && isLeased(known)) {
      against.add(
          "the stream from %s was stopped, but Repli %s may still write for it until %s at the latest: try again then"
              .formatted(from, known.owner(), known.until()));
    }
    long open = held.counts(known.order().id()).open();
    if (open > 0) {
      against.add(
          "%d changes that the stream from %s holds wait for a decision: answer the task 'Resolve conflicts' first, or they are missing on the source unseen"
              .formatted(open, from));
    }
    return against;
  }

  private boolean isLeased(KnownStream known) {
    return !known.owner().isEmpty() && clock.instant().isBefore(known.until());
  }

  /**
   * As a switch does, whose source was the writer until now: what an earlier stream was or held
   * does not count any more.
   */
  public Start startAnew(Plan plan, Position from, String who) {
    List<String> against = against(plan);
    if (!against.isEmpty()) {
      return new Start.Refused(against);
    }
    want(order(plan, from), who);
    return new Start.Started(streams.find(plan.id()).orElseThrow());
  }

  /** A node that does not answer speaks against it, too. */
  private List<String> against(Plan plan) {
    try {
      return objections.to(plan);
    } catch (NodeException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  private void want(StreamOrder order, String who) {
    note(
        order.plan(),
        STARTED,
        who + " starts the reverse stream from " + order.from(),
        Map.of("who", who, IMPORT, order.id().value(), FROM, order.from().value()));
    streams.want(order, clock.instant());
  }

  /** The plan's stream that shall run, whatever it is at; empty when none shall. */
  public Optional<StreamOrder> wanted(PlanId plan) {
    return streams.find(plan).filter(KnownStream::wanted).map(KnownStream::order);
  }

  /** Whether the plan has a stream from somewhere else. */
  public boolean isAnother(Plan plan, Position from) {
    return streams
        .find(plan.id())
        .filter(known -> !known.order().equals(order(plan, from)))
        .isPresent();
  }

  private static StreamOrder order(Plan plan, Position from) {
    return new StreamOrder(plan.id(), idOf(plan.id(), from), from);
  }

  /** It ends between two transactions; started again it goes on there. */
  public Optional<KnownStream> stop(PlanId plan, String who, String reason) {
    if (streams.find(plan).isEmpty()) {
      return Optional.empty();
    }
    note(plan, "STREAM_STOPPED", who + " stops the reverse stream: " + reason, Map.of("who", who));
    streams.stop(plan);
    return streams.find(plan);
  }

  private void note(PlanId plan, String name, String text, Map<String, String> facts) {
    journal.append(journalOf(plan), new Milestone(name, text, facts));
  }
}
