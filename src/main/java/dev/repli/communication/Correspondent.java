package dev.repli.communication;

import dev.repli.communication.Audiences.Way;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment.Phase;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.journal.JournalTail;
import dev.repli.plan.Plan;
import dev.repli.plan.Plans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.run.Runs.Run;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the journal and writes what people are told into the outbox. May read an entry twice. */
public final class Correspondent {
  private static final int RUNS = 500;
  private static final int ENTRIES = 200;
  private static final String REQUESTED = "RUN_REQUESTED";

  /** News older than this is not news: it is kept, but not sent. */
  static final Duration STALE = Duration.ofHours(6);

  private final Plans plans;
  private final Runs runs;
  private final Journal journal;
  private final JournalTail tail;
  private final Reading reading;
  private final Outbox outbox;
  private final Audiences audiences;
  private final AnsweredPages answered;
  private final Clock clock;
  private final Rounds rounds;
  private final Map<RunKey, Long> reached = new ConcurrentHashMap<>();

  public Correspondent(
      Plans plans,
      Runs runs,
      Journal journal,
      JournalTail tail,
      Reading reading,
      Outbox outbox,
      Matrix matrix,
      Clock clock,
      MeterRegistry meters) {
    this.rounds = new Rounds("reading", meters);
    this.plans = plans;
    this.runs = runs;
    this.journal = journal;
    this.tail = tail;
    this.reading = reading;
    this.outbox = outbox;
    this.audiences = new Audiences(matrix);
    this.answered = new AnsweredPages(outbox);
    this.clock = clock;
  }

  /** Looks once at everything that was appended since the last time. */
  public void tick() {
    if (plans.all().stream().noneMatch(plan -> plan.speaks())) {
      return;
    }
    tail.ends(RUNS).forEach((run, end) -> rounds.attempt("run " + run, () -> readUpTo(run, end)));
  }

  private void readUpTo(RunKey run, long end) {
    long from = reached.computeIfAbsent(run, reading::of);
    if (from < end) {
      read(run, from);
    }
  }

  private void read(RunKey key, long from) {
    Optional<Run> run = runs.find(key);
    if (run.isEmpty()) {
      // its start is not committed yet, or never was
      return;
    }
    List<JournalEntry> entries = tail.after(key, from, ENTRIES);
    plans
        .find(run.get().plan())
        .filter(plan -> plan.speaks())
        .ifPresent(plan -> entries.forEach(entry -> tell(plan, run.get(), entry)));
    long now = entries.stream().mapToLong(JournalEntry::seq).max().orElse(from);
    reading.reached(key, now);
    reached.put(key, now);
  }

  private void tell(Plan plan, Run run, JournalEntry entry) {
    if (entry.evidence() instanceof Milestone milestone && AnsweredPages.answers(milestone)) {
      answered.close(
          plan, outbox.ofRun(run.key().value()), general(plan, run, entry.at()), entry.at());
    }
    Optional<News> found =
        entry.evidence() instanceof Milestone milestone
            ? News.of(milestone, rollbackWorks(run, entry))
            : Optional.empty();
    if (found.isEmpty() || (run.dryRun() && !found.get().planned()) || isInVain(run, entry)) {
      return;
    }
    News news = found.get();
    Phase phase = phase(run, news.moment());
    Map<String, String> facts = facts(plan, run, entry, news);
    for (Way way : ways(plan, phase, news)) {
      Map<String, String> own = new HashMap<>(facts);
      if (news.moment().opens()) {
        audiences
            .every(plan.communication(), phase, way)
            .ifPresent(every -> own.put("nextAt", entry.at().plus(every).toString()));
      }
      String key = run.key() + "/" + entry.seq() + "/" + way.channel();
      State state = state(news, phase, way, entry.at());
      outbox.put(
          Message.fresh(
              key,
              plan.id(),
              run.key().value(),
              way.channel(),
              way.audience(),
              news.moment(),
              own,
              state,
              entry.at()));
    }
  }

  /** A request that was killed before its run was there; the one that counts follows it. */
  private boolean isInVain(Run run, JournalEntry entry) {
    return entry.evidence() instanceof Milestone asked
        && asked.name().equals(REQUESTED)
        && journal
            .newestMilestone(run.key(), REQUESTED)
            .filter(counts -> counts.seq() > entry.seq())
            .isPresent();
  }

  /** Then its closing message is the end of the incident, whatever monitoring says meanwhile. */
  private boolean rollbackWorks(Run run, JournalEntry entry) {
    return journal
        .newestMilestone(run.key(), "ROLLBACK_STARTED")
        .filter(started -> started.seq() < entry.seq())
        .filter(this::works)
        .isPresent();
  }

  /** Or it went back; one that people rejected or gave up tells of no end. */
  private boolean works(JournalEntry started) {
    return Optional.of(started.evidence())
        .filter(Milestone.class::isInstance)
        .map(entry -> ((Milestone) entry).facts().get("run"))
        .flatMap(rollback -> runs.find(new RunKey(rollback)))
        .flatMap(Run::result)
        .filter(result -> !result.startsWith("Rolled back"))
        .isEmpty();
  }

  private List<Way> ways(Plan plan, Phase phase, News news) {
    return news.contact()
        .map(person -> ContactChannels.ways(plan, person))
        .orElseGet(
            () -> {
              List<Way> told = audiences.told(plan.communication(), phase, news.moment());
              // a reminder has to reach somebody, also where only management has channels
              return told.isEmpty() && phase == Phase.REMINDER
                  ? Audiences.leads(plan.communication())
                  : told;
            });
  }

  /** The status page needs nobody to deliver to it. */
  private State state(News news, Phase phase, Way way, Instant at) {
    if (news.planned()) {
      return State.PLANNED;
    }
    boolean stale = at.isBefore(clock.instant().minus(STALE));
    if (!stale && audiences.waits(phase, way, news.moment())) {
      return State.DRAFT;
    }
    if (way.page()) {
      return State.SENT;
    }
    return stale ? State.DROPPED : State.DUE;
  }

  /**
   * Steps belong to the phase of their runbook. A cutover that goes back is a rollback to people.
   */
  static Phase phase(Run run, Moment moment) {
    if (moment.phase() != Phase.ROLLBACK || moment.isRollback()) {
      return moment.phase();
    }
    String runbook = run.runbook().toLowerCase(Locale.ROOT);
    return runbook.contains("rollback") || runbook.contains("incident")
        ? Phase.ROLLBACK
        : Phase.DURING;
  }

  private Map<String, String> facts(Plan plan, Run run, JournalEntry entry, News news) {
    Map<String, String> facts = general(plan, run, entry.at());
    journal
        .newestMilestone(run.key(), REQUESTED)
        .map(JournalEntry::evidence)
        .filter(Milestone.class::isInstance)
        .map(asked -> ((Milestone) asked).facts().get("summary"))
        .ifPresent(summary -> facts.put("reason", summary));
    facts.putAll(news.facts());
    return facts;
  }

  /** What every message of a run may say. */
  static Map<String, String> general(Plan plan, Run run, Instant at) {
    Map<String, String> facts = new HashMap<>(general(plan, at));
    facts.put("run", run.key().value());
    facts.put("begunAt", run.startedAt().toString());
    facts.put(
        "tookMs", Long.toString(Math.max(0, Duration.between(run.startedAt(), at).toMillis())));
    return facts;
  }

  static Map<String, String> general(Plan plan, Instant at) {
    Map<String, String> facts = new HashMap<>();
    facts.put("title", plan.title());
    facts.put("service", plan.communication().service().orElse(plan.title()));
    plan.communication().contact().ifPresent(contact -> facts.put("contact", contact));
    facts.put("at", at.toString());
    return facts;
  }
}
