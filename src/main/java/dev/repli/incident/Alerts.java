package dev.repli.incident;

import dev.repli.incident.AlertLedger.Known;
import dev.repli.incident.Incident.Status;
import dev.repli.plan.CriteriaRules;
import dev.repli.plan.Criterion;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs.Run;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes alerts in: the plans say which alert means which criterion. All alerts of one plan are one
 * incident, however many there are. A criterion holds while any alert for it fires; what fires
 * again with a start before its own end is a replay and changes nothing, unless it comes minutes
 * later.
 *
 * <p>What is known is noted first, and an alert counts as taken in only after everything that
 * follows from it was done: what failed is done when the monitoring system sends it again.
 */
public final class Alerts {
  /** Who ends what nobody else ends. */
  private static final String REPLI = "repli";

  private static final String PREFIX = "alerts-";
  private static final int LONGEST = 400;

  /** More incidents than this with the same start: the last one is taken. */
  private static final int MOST_AGAIN = 50;

  /** Nobody repeats an alert that ended so long ago. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Plans plans;
  private final Incidents incidents;
  private final Measurements measurements;
  private final AlertLedger ledger;
  private final NewAlerts newAlerts;
  private final Clock clock;
  private final Instant begun;

  public Alerts(
      Plans plans,
      Incidents incidents,
      Measurements measurements,
      AlertLedger ledger,
      Clock clock) {
    this.plans = plans;
    this.incidents = incidents;
    this.measurements = measurements;
    this.ledger = ledger;
    this.newAlerts = new NewAlerts(ledger, clock);
    this.clock = clock;
    this.begun = clock.instant();
  }

  /** What the key of every incident of the plan that alerts began starts with. */
  static String prefix(PlanId plan) {
    return PREFIX + plan + "-";
  }

  /** What became of the alerts: how many a plan knows, and what came of each plan's incident. */
  public record Received(int matched, List<Intake> intakes) {
    public Received {
      intakes = List.copyOf(intakes);
    }
  }

  /**
   * @param by authenticated user who sent them
   */
  public synchronized Received receive(List<Alert> alerts, String by) {
    int matched = 0;
    List<Intake> intakes = new ArrayList<>();
    for (Plan plan : plans.all()) {
      List<AlertMatch> matches = newAlerts.matches(plan, alerts);
      matched += matches.size();
      AlertNews news = newAlerts.news(plan, matches);
      if (!news.matches().isEmpty()) {
        takeIn(news, by).ifPresent(intakes::add);
      }
      endUnmapped(plan);
    }
    return new Received(matched, intakes);
  }

  /**
   * Ends alerts whose end was never sent: while one fires, the monitoring system repeats it every
   * few hours.
   *
   * @param after nothing was heard of them for so long
   */
  public synchronized void endSilent(Duration after) {
    Instant now = newAlerts.now();
    if (now.isBefore(begun.plus(after))) {
      // nobody could be heard while this was down; what fires is repeated in this time
      return;
    }
    for (Plan plan : plans.all()) {
      Map<Known, Instant> silent = ledger.silent(plan.id(), now.minus(after));
      List<AlertMatch> matches = new ArrayList<>();
      silent.forEach((known, heard) -> matches.add(ended(known, heard, now)));
      if (!matches.isEmpty()) {
        Map<String, Known> before =
            silent.keySet().stream().collect(Collectors.toMap(Known::id, known -> known));
        matches.forEach(match -> noteSilence(match, before));
        var unused = takeIn(new AlertNews(plan, matches, before), REPLI);
      }
    }
  }

  private void noteSilence(AlertMatch match, Map<String, Known> before) {
    Optional.ofNullable(before.get(match.id()))
        .flatMap(Known::run)
        .ifPresent(
            run ->
                incidents.note(
                    run,
                    "ALERT_NOT_HEARD_OF",
                    match.alert().summary() + "; taken as ended",
                    Map.of("criterion", match.criterion().word())));
  }

  private static AlertMatch ended(Known known, Instant heard, Instant now) {
    String text = "alert for %s not heard of since %s".formatted(known.criterion().word(), heard);
    Alert alert = new Alert(false, Map.of(), text, known.at(), now);
    // a start in the future is one of a wrong clock
    Instant at = now.isBefore(known.at()) ? known.at() : now;
    return new AlertMatch(alert, known.id(), known.criterion(), at);
  }

  /** Nobody will hear the end of what the plan no longer takes alerts for. */
  private void endUnmapped(Plan plan) {
    Set<Criterion> mapped =
        plan.criteria().alerts().stream()
            .map(CriteriaRules.Alert::criterion)
            .collect(Collectors.toSet());
    for (Criterion criterion : ledger.firing(plan.id())) {
      if (!mapped.contains(criterion)) {
        measurements.declared(plan, criterion, false);
        ledger.end(plan.id(), criterion, clock.instant());
      }
    }
  }

  private Optional<Intake> takeIn(AlertNews news, String by) {
    PlanId plan = news.plan().id();
    note(news, match -> match.alert().firing() ? news.run(match) : Optional.empty());
    declare(news);
    boolean over = ledger.firing(plan).isEmpty();
    if (!over && (!news.someFire() || isDecided(news))) {
      note(news, news::run);
      return Optional.empty();
    }
    Intake intake = report(news, over, by);
    Optional<RunKey> run = runOf(intake);
    run.ifPresent(key -> note(news, match -> run));
    ledger.forget(plan, clock.instant().minus(REMEMBERED));
    return Optional.of(intake);
  }

  /** What people have decided already is no news while it goes on as it did. */
  private boolean isDecided(AlertNews news) {
    return news.begun().isEmpty()
        && incidents.active(news.plan().id()).isEmpty()
        && news.newestRun().filter(incidents::isSettled).isPresent();
  }

  private void note(AlertNews news, Function<AlertMatch, Optional<RunKey>> run) {
    ledger.note(
        news.plan().id(),
        news.matches().stream().map(match -> match.known(run.apply(match))).toList(),
        clock.instant());
  }

  private void declare(AlertNews news) {
    Set<Criterion> about =
        news.matches().stream().map(AlertMatch::criterion).collect(Collectors.toSet());
    // the plan may have mapped an alert to another criterion since
    news.before().values().forEach(known -> about.add(known.criterion()));
    Set<Criterion> firing = ledger.firing(news.plan().id());
    about.forEach(one -> measurements.declared(news.plan(), one, firing.contains(one)));
    // another Repli may have taken an alert in meanwhile
    ledger.firing(news.plan().id()).stream()
        .filter(one -> about.contains(one) && !firing.contains(one))
        .forEach(one -> measurements.declared(news.plan(), one, true));
  }

  /** An incident that is over stays over: what fires on is another one, with a key of its own. */
  private Intake report(AlertNews news, boolean over, String by) {
    Incident incident = incident(news, over);
    Intake intake = incidents.receive(incident, by);
    for (int again = 2; intake instanceof Intake.Contradiction && again <= MOST_AGAIN; again++) {
      intake = incidents.receive(incident.as(new RunKey(incident.id() + "-" + again)), by);
    }
    return intake;
  }

  private static Optional<RunKey> runOf(Intake intake) {
    if (intake instanceof Intake.Started started) {
      return Optional.of(started.run().key());
    }
    return intake instanceof Intake.Folded folded
        ? Optional.of(folded.run().key())
        : Optional.empty();
  }

  private Incident incident(AlertNews news, boolean over) {
    List<AlertMatch> matches = news.matches();
    // who fires since long ago has a run already; what is new begins its own
    List<AlertMatch> begun = news.begun().isEmpty() ? matches : news.begun();
    Alert first =
        begun.stream()
            .map(AlertMatch::alert)
            .min(Comparator.comparing(Alert::startedAt))
            .orElseThrow();
    String what =
        matches.size() == 1 ? first.summary() : matches.size() + " alerts: " + first.summary();
    return new Incident(
        key(news, first),
        news.plan().id(),
        "alertmanager",
        Optional.empty(),
        what.length() <= LONGEST ? what : what.substring(0, LONGEST),
        first.startedAt(),
        new TreeMap<>(),
        over ? Status.RESOLVED : Status.FIRING);
  }

  /**
   * The incident that is being worked on; else, while nothing has begun to fire since, the one that
   * has taken these alerts in; else a new one.
   */
  private RunKey key(AlertNews news, Alert first) {
    String prefix = prefix(news.plan().id());
    Optional<RunKey> active = incidents.active(news.plan().id()).map(Run::key);
    RunKey fresh = new RunKey(prefix + STAMP.format(first.startedAt()));
    if (active.isPresent()) {
      // alerts neither continue nor end what somebody else has reported: they join it
      return active.filter(key -> key.value().startsWith(prefix)).orElse(fresh);
    }
    return news.begun().isEmpty() ? news.newestRun().orElse(fresh) : fresh;
  }
}
