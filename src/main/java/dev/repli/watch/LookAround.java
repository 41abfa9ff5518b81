package dev.repli.watch;

import dev.repli.criteria.EvaluateCriteria;
import dev.repli.criteria.Judgement;
import dev.repli.criteria.Reading;
import dev.repli.database.NodeException;
import dev.repli.database.NodeSession;
import dev.repli.monitor.PairState;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Findings;
import dev.repli.rollback.Looks;
import dev.repli.sample.Point;
import dev.repli.sample.Samples;
import dev.repli.sample.Series;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once at everything that Repli can see of a plan. Changes nothing. */
final class LookAround {
  private static final Logger LOG = LoggerFactory.getLogger(LookAround.class);
  static final String NODE = "node";
  static final String TWO_WRITERS = "two writers";
  static final String NO_WRITER = "no writer";
  static final String ANOTHER_WRITER = "another writer";
  static final String CRITERIA = "criteria";

  private final Looks looks;
  private final EvaluateCriteria criteria;
  private final Function<Plan, Optional<PairState>> replication;
  private final Samples samples;
  private final MachineLook machines;
  private final Clock clock;

  /**
   * @param replication what the monitor saw last
   */
  LookAround(
      Looks looks,
      EvaluateCriteria criteria,
      Function<Plan, Optional<PairState>> replication,
      Samples samples,
      MachineLook machines,
      Clock clock) {
    this.machines = machines;
    this.looks = looks;
    this.criteria = criteria;
    this.replication = replication;
    this.samples = samples;
    this.clock = clock;
  }

  /**
   * What was seen.
   *
   * @param writer the one node that accepts application writes; empty without one, or when nobody
   *     can tell
   * @param answered the nodes that answered
   * @param criteria what they say; empty when nobody asked them
   */
  record Seen(
      Optional<Node.Role> writer,
      Set<Node.Role> answered,
      Findings findings,
      Optional<Judgement> criteria) {
    Seen and(Finding more) {
      return new Seen(writer, answered, findings.and(new Findings(List.of(more))), criteria);
    }
  }

  /** What the node means that is not expected to be the writer. */
  enum Other {
    /** It answered before: that it is silent now is news. */
    HAS_TO_ANSWER,
    /** It has not answered since the rollback, which may be why there was one. */
    MAY_BE_SILENT,
    /** The rollback was one of the other node alone: this one may be gone for good. */
    DOES_NOT_COUNT
  }

  /**
   * What should be there.
   *
   * @param writer who has to be the writer; empty when any single one is right
   */
  record Expected(Optional<Node.Role> writer, Other other) {
    boolean mayBeSilent(Node node) {
      return other != Other.HAS_TO_ANSWER && writer.filter(role -> role != node.role()).isPresent();
    }
  }

  /**
   * @param before what the look before saw of connections, by node
   */
  Seen look(Plan plan, Expected expected, Map<String, String> before) {
    List<Finding> findings = new ArrayList<>();
    Set<Node.Role> answered = EnumSet.noneOf(Node.Role.class);
    List<Node> open = new ArrayList<>();
    for (Node node : List.of(plan.source(), plan.target())) {
      try (NodeSession session = looks.connect(plan, node)) {
        NodeSession.Facts facts = session.look();
        if (!facts.readOnly()) {
          open.add(node);
        }
        findings.add(Finding.note("version", node.label(), facts.version()));
        Optional<String> counted = Optional.ofNullable(before.get(node.label()));
        boolean machine = node.machine().isPresent();
        findings.addAll(beside("server", node, () -> ServerLook.look(session, machine, counted)));
        node.machine()
            .ifPresent(
                any -> findings.addAll(beside("machine", node, () -> machines.look(session, any))));
        answered.add(node.role());
      } catch (NodeException e) {
        String why = String.valueOf(e.getMessage());
        findings.add(
            expected.mayBeSilent(node)
                ? Finding.note(NODE, node.label(), why)
                : Finding.bad(NODE, node.label(), why));
      }
    }
    Optional<Node.Role> writer = writer(plan, expected, open, answered, findings);
    findings.add(replication(plan, expected, answered));
    Judgement now = criteria.evaluate(plan, Optional.empty());
    findings.addAll(criteria(now));
    return new Seen(writer, answered, new Findings(findings), Optional.of(now));
  }

  /** An answer that nobody understands must not end a round: who writes is more important. */
  private static List<Finding> beside(String what, Node node, Supplier<List<Finding>> look) {
    try {
      return look.get();
    } catch (RuntimeException e) {
      LOG.warn("the {} of {} could not be looked at", what, node.label(), e);
      String why = ServerLook.NOT_LOOKED + PlainLine.of(String.valueOf(e.getMessage()));
      return List.of(Finding.note(what, node.label(), why));
    }
  }

  /** Also with a silent node: what the other one says holds all the same. */
  private Optional<Node.Role> writer(
      Plan plan,
      Expected expected,
      List<Node> open,
      Set<Node.Role> answered,
      List<Finding> findings) {
    if (answered.isEmpty()) {
      return Optional.empty();
    }
    boolean all = answered.size() == Node.Role.values().length;
    if (all || expected.writer().filter(answered::contains).isPresent()) {
      samples.keep(plan.id(), Series.WRITERS, new Point(clock.instant(), open.size()));
    }
    if (open.size() > 1) {
      findings.add(Finding.bad(TWO_WRITERS, "", "both nodes accept writes"));
      return Optional.empty();
    }
    if (open.isEmpty()) {
      String found = all ? "no node accepts writes" : "no node that answers accepts writes";
      findings.add(Finding.bad(NO_WRITER, "", found));
      return Optional.empty();
    }
    Node.Role writer = open.get(0).role();
    String where = open.get(0).label();
    boolean same = expected.writer().isEmpty() || expected.writer().get() == writer;
    findings.add(
        same
            ? Finding.good("exactly one writer", where, "accepts writes")
            : Finding.bad(ANOTHER_WRITER, where, "it was another one at the end of the rollback"));
    return Optional.of(writer);
  }

  private Finding replication(Plan plan, Expected expected, Set<Node.Role> answered) {
    Optional<PairState> state = replication.apply(plan);
    if (state.isEmpty()) {
      return Finding.note("replication", "", "not watched");
    }
    if (state.get() instanceof PairState.Replicating running) {
      return Finding.good(
          "replication", running.replica().word(), running.lag().toSeconds() + " s behind");
    }
    if (!(state.get() instanceof PairState.Failing failing)) {
      return Finding.note("replication", "", "not set up");
    }
    // the node that is silent was judged above
    boolean silent = answered.size() < Node.Role.values().length;
    return silent || expected.other() == Other.DOES_NOT_COUNT
        ? Finding.note("replication", "", failing.why())
        : Finding.bad("replication", "", failing.why());
  }

  private static String words(Reading.State state) {
    return switch (state) {
      case NORMAL -> "normal";
      case BREACHING -> "above its limit, not for long enough yet";
      case HELD -> "above its limit";
      case UNKNOWN -> "cannot be judged";
    };
  }

  /** What calls for a rollback is bad; whether nobody can judge it is for the round to say. */
  private static List<Finding> criteria(Judgement now) {
    List<Finding> findings = new ArrayList<>();
    now.readings()
        .forEach(
            reading ->
                findings.add(
                    Finding.note(
                        reading.criterion().word(),
                        "",
                        words(reading.state())
                            + ": "
                            + reading.value()
                            + ", limit "
                            + reading.limit())));
    findings.add(
        Verdict.of(now).callsForRollback()
            ? Finding.bad(CRITERIA, "", now.inWords())
            : Finding.note(CRITERIA, "", now.inWords()));
    return findings;
  }
}
