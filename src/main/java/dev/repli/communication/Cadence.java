package dev.repli.communication;

import dev.repli.communication.Audiences.Late;
import dev.repli.communication.Audiences.Way;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment.Phase;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Maintenance;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * News that is due because time passes: before a maintenance, while work goes on, and a call to the
 * lead when promised news does not arrive. Everything is computed from what stands in the outbox,
 * so a restart changes nothing.
 */
public final class Cadence {
  private static final String TRIAGE = "IncidentTriageProcess";

  /** Of one plan, whatever they are. */
  private static final int RUNS = 50;

  /** A run that ended longer ago has said its last word. */
  private static final Duration RECENT = Duration.ofDays(1);

  /** Promised news may be this late before the lead is called. */
  static final Duration GRACE = Duration.ofMinutes(5);

  private final Plans plans;
  private final Runs runs;
  private final Outbox outbox;
  private final Audiences audiences;
  private final AnsweredPages answered;
  private final Clock clock;
  private final Rounds rounds;

  public Cadence(
      Plans plans, Runs runs, Outbox outbox, Matrix matrix, Clock clock, MeterRegistry meters) {
    this.rounds = new Rounds("reminding", meters);
    this.plans = plans;
    this.runs = runs;
    this.outbox = outbox;
    this.audiences = new Audiences(matrix);
    this.answered = new AnsweredPages(outbox);
    this.clock = clock;
  }

  /** Looks once. */
  public void tick() {
    Instant now = clock.instant();
    for (Plan plan : plans.all()) {
      if (plan.speaks()) {
        rounds.attempt("plan " + plan.id(), () -> lookAt(plan, now));
      }
    }
  }

  private void lookAt(Plan plan, Instant now) {
    plan.communication().maintenance().ifPresent(soon -> before(plan, soon, now));
    List<Run> newest = runs.newest(plan.id(), RUNS).stream().filter(run -> !run.dryRun()).toList();
    boolean triage =
        newest.stream().anyMatch(run -> run.runbook().equals(TRIAGE) && run.result().isEmpty());
    newest.stream()
        .filter(run -> run.endedAt().map(now.minus(RECENT)::isBefore).orElse(true))
        .forEach(run -> rounds.attempt("run " + run.key(), () -> during(plan, run, triage, now)));
  }

  /** Of several lead times that have passed only the shortest counts. */
  private void before(Plan plan, Maintenance soon, Instant now) {
    if (!now.isBefore(soon.from())) {
      return;
    }
    Map<String, String> facts = Correspondent.general(plan, now);
    facts.put("fromAt", soon.from().toString());
    facts.put("untilAt", soon.from().plus(soon.lasts()).toString());
    facts.put("lastsMs", Long.toString(soon.lasts().toMillis()));
    for (Way way : Audiences.ways(plan.communication())) {
      audiences.rules(plan.communication(), Phase.BEFORE, way).stream()
          .flatMap(rule -> rule.every().stream())
          .filter(lead -> !now.isBefore(soon.from().minus(lead)))
          .min(Comparator.naturalOrder())
          .ifPresent(
              lead ->
                  put(
                      plan,
                      "",
                      "%s/maintenance/%d/%s/%s"
                          .formatted(plan.id(), soon.from().getEpochSecond(), lead, way.channel()),
                      way,
                      Moment.MAINTENANCE_PLANNED,
                      facts,
                      state(Phase.BEFORE, way, Moment.MAINTENANCE_PLANNED),
                      now));
    }
  }

  private void during(Plan plan, Run run, boolean triage, Instant now) {
    List<Message> said = outbox.ofRun(run.key().value());
    Optional<Message> opened =
        said.stream().filter(message -> message.moment().opens()).reduce((a, b) -> b);
    if (opened.isPresent() && said.stream().noneMatch(after(opened.get()))) {
      goesOn(plan, run, triage, opened.get(), said, now);
    }
    if (run.result().isPresent()) {
      answered.close(plan, said, Correspondent.general(plan, run, now), now);
    }
    said.stream()
        .filter(message -> isMissing(message, now) && !isKnownToBeDead(message, said, now))
        .forEach(message -> call(plan, run, message, said, now));
  }

  private static java.util.function.Predicate<Message> after(Message opened) {
    return message -> message.moment().closes() && message.id() > opened.id();
  }

  private void goesOn(
      Plan plan, Run run, boolean triage, Message opened, List<Message> said, Instant now) {
    Moment story = opened.moment().isRollback() ? opened.moment() : Moment.PROGRESS;
    Phase phase = Correspondent.phase(run, story);
    Map<String, String> facts = Correspondent.general(plan, run, now);
    facts.put("now", String.join(", ", run.waitingFor()));
    Set<String> known = said.stream().map(Message::key).collect(Collectors.toSet());
    Instant begun = begun(opened);
    if (run.result().isEmpty()) {
      late(known, plan, run, opened, facts, now);
    }
    for (Way way : audiences.told(plan.communication(), phase, opened.moment())) {
      Map<String, String> own = new HashMap<>(facts);
      if (run.result().isPresent()) {
        own.put("result", run.result().get());
        String key = "%s/ended/%s".formatted(run.key(), way.channel());
        if (!known.contains(key)) {
          Ending ending = Ending.of(opened.moment(), run.result().get(), triage);
          State state =
              ending.told() ? state(phase, way, ending.moment()) : toldElsewhere(plan, way);
          put(plan, run.key().value(), key, way, ending.moment(), own, state, now);
        }
        continue;
      }
      if (isHeldBack(said, way)) {
        continue;
      }
      Optional<Duration> every = audiences.every(plan.communication(), phase, way);
      long passed = every.map(pause -> passed(begun, pause, now)).orElse(0L);
      if (passed > 0) {
        Instant next = begun.plus(every.get().multipliedBy(passed + 1));
        own.put("nextAt", next.toString());
        // a cutover that goes back begins a second time
        String key =
            "%s/progress/%d/%d/%s"
                .formatted(run.key(), begun.getEpochSecond(), passed, way.channel());
        State state = state(phase, way, Moment.PROGRESS);
        putNew(known, plan, run, key, way, Moment.PROGRESS, own, state, now);
      }
    }
  }

  /** People have heard of it; a pager goes on calling them until it hears of it as well. */
  private static State toldElsewhere(Plan plan, Way way) {
    return Postman.channel(plan, way.channel())
        .filter(channel -> channel.type() == CommunicationRules.Type.PAGERDUTY)
        .map(pager -> State.DUE)
        .orElse(State.DROPPED);
  }

  private static long passed(Instant begun, Duration pause, Instant now) {
    return Duration.between(begun, now).dividedBy(pause);
  }

  /** When it happened; a message that had to be approved was made later. */
  private static Instant begun(Message opened) {
    return Optional.ofNullable(opened.facts().get("at"))
        .map(Instant::parse)
        .orElse(opened.madeAt());
  }

  /** Those who were not told that it began are not told that it goes on. */
  private static boolean isHeldBack(List<Message> said, Way way) {
    return said.stream()
        .filter(one -> one.moment().opens() && one.channel().equals(way.channel()))
        .reduce((a, b) -> b)
        .filter(one -> one.state() == State.DRAFT || one.state() == State.REFUSED)
        .isPresent();
  }

  /** What lasts longer than the table says needs words of people, once. */
  private void late(
      Set<String> known,
      Plan plan,
      Run run,
      Message opened,
      Map<String, String> facts,
      Instant now) {
    Instant begun = begun(opened);
    Map<String, String> own = new HashMap<>(facts);
    Instant since =
        Optional.ofNullable(opened.facts().get("begunAt")).map(Instant::parse).orElse(begun);
    own.put("begunAt", since.toString());
    own.put("tookMs", Long.toString(Math.max(0, Duration.between(since, now).toMillis())));
    for (Late late : audiences.late(plan.communication(), opened.moment().phase())) {
      if (!now.isBefore(begun.plus(late.after()))) {
        for (Way way : late.ways()) {
          String key =
              "%s/longer/%d/%s".formatted(run.key(), begun.getEpochSecond(), way.channel());
          putNew(known, plan, run, key, way, Moment.TAKES_LONGER, own, State.DRAFT, now);
        }
      }
    }
  }

  private static boolean isMissing(Message message, Instant now) {
    boolean late = message.madeAt().plus(GRACE).isBefore(now);
    return message.moment() != Moment.SILENCE
        && counts(message)
        && (message.state() == State.DEAD || (message.state() == State.DUE && late));
  }

  /** What people wait for: news that it goes on is promised, each single step is not. */
  private static boolean counts(Message message) {
    return message.moment().weight() != Moment.Weight.STEP || message.moment() == Moment.PROGRESS;
  }

  /** The lead was called for this channel; that it goes on without it is no further call. */
  private static boolean isKnownToBeDead(Message message, List<Message> said, Instant now) {
    return message.moment() == Moment.PROGRESS
        && said.stream()
            .filter(before -> before.id() < message.id() && counts(before))
            .filter(before -> before.channel().equals(message.channel()))
            .reduce((a, b) -> b)
            .filter(before -> isMissing(before, now))
            .isPresent();
  }

  private void call(Plan plan, Run run, Message missing, List<Message> said, Instant now) {
    Map<String, String> facts = Correspondent.general(plan, run, now);
    facts.put("what", missing.moment().word());
    facts.put("dueAt", missing.madeAt().toString());
    facts.put("channel", missing.channel());
    facts.put("state", missing.problem().isEmpty() ? missing.state().name() : missing.problem());
    Set<String> known = said.stream().map(Message::key).collect(Collectors.toSet());
    for (Way way : Audiences.leads(plan.communication())) {
      if (!way.channel().equals(missing.channel())) {
        String key = "%s/silence/%d/%s".formatted(run.key(), missing.id(), way.channel());
        putNew(known, plan, run, key, way, Moment.SILENCE, facts, state(way), now);
      }
    }
  }

  private void putNew(
      Set<String> known,
      Plan plan,
      Run run,
      String key,
      Way way,
      Moment moment,
      Map<String, String> facts,
      State state,
      Instant now) {
    if (!known.contains(key)) {
      put(plan, run.key().value(), key, way, moment, facts, state, now);
    }
  }

  private State state(Phase phase, Way way, Moment moment) {
    return audiences.waits(phase, way, moment) ? State.DRAFT : state(way);
  }

  /** The status page needs nobody to deliver to it. */
  static State state(Way way) {
    return way.page() ? State.SENT : State.DUE;
  }

  private void put(
      Plan plan,
      String run,
      String key,
      Way way,
      Moment moment,
      Map<String, String> facts,
      State state,
      Instant now) {
    outbox.put(
        Message.fresh(
            key, plan.id(), run, way.channel(), way.audience(), moment, facts, state, now));
  }
}
