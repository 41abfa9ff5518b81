package dev.repli.communication;

import dev.repli.communication.Delivery.Result;
import dev.repli.communication.Delivery.Text;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.ContactRules;
import dev.repli.plan.Plan;
import dev.repli.plan.PlanId;
import dev.repli.plan.Plans;
import dev.repli.plan.SecretRef;
import dev.repli.run.InMemoryRuns;
import dev.repli.run.KnownPlans;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that tells people, on a real outbox, with channels that do what the test says. */
final class MessageWorld {
  static final RunKey RUN = new RunKey("inc-1");
  final Time clock = new Time();
  final InMemoryJournal journal = new InMemoryJournal(clock);
  final Plans plans;
  final InMemoryRuns runs;
  final Outbox outbox;
  final OldMessages old;
  final Reading reading;
  final DraftBox drafts;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final List<String> handedOver = new ArrayList<>();
  final List<Delivery.Text> texts = new ArrayList<>();
  final Map<String, Result> answers = new HashMap<>();

  /** Characters of a body that each channel takes. */
  int longest = 10_000;

  private final Deliveries deliveries = new Deliveries(List.of(new Pretended()));
  Correspondent correspondent;
  Postman postman;
  Cadence cadence;
  final DraftWatch draftWatch;
  private final Matrix matrix;

  MessageWorld(CommunicationRules rules) {
    this(rules, new TableMatrix());
  }

  MessageWorld(CommunicationRules rules, Matrix matrix) {
    this(rules, matrix, ContactRules.NONE);
  }

  MessageWorld(CommunicationRules rules, Matrix matrix, ContactRules contacts) {
    this.matrix = matrix;
    Plan plan = new KnownPlans("shop").all().get(0).telling(rules).calling(contacts);
    plans =
        new Plans() {
          @Override
          public List<Plan> all() {
            return List.of(plan);
          }

          @Override
          public Optional<Plan> find(PlanId id) {
            return Optional.of(plan).filter(one -> one.id().equals(id));
          }
        };
    runs = new InMemoryRuns(plans, journal);
    RealOutbox database = new RealOutbox();
    outbox = database.outbox();
    old = database.old();
    reading = database.reading();
    drafts = database.drafts();
    correspondent = correspondent();
    postman = postman("one");
    cadence = new Cadence(plans, runs, outbox, matrix, clock, meters);
    draftWatch = new DraftWatch(plans, runs, drafts, outbox, clock, meters);
  }

  Correspondent correspondent() {
    return new Correspondent(plans, runs, journal, journal, reading, outbox, matrix, clock, meters);
  }

  Postman postman(String name) {
    Wording wording =
        (moment, audience, locale, facts) ->
            new Wording.Words(moment.word(), facts.getOrDefault("text", "no text"));
    return new Postman(
        plans, outbox, wording, deliveries, journal, meters, Runnable::run, clock, name);
  }

  /** A channel for technicians, and one that pages the management. */
  static MessageWorld withWarRoomAndCall() {
    return new MessageWorld(
        rules(
            "",
            channel("war-room", CommunicationRules.Type.SLACK, Audience.TECHNICAL),
            channel("call", CommunicationRules.Type.PAGERDUTY, Audience.MANAGEMENT)));
  }

  static CommunicationRules rules(String service, Channel... channels) {
    return new CommunicationRules(
        Optional.of(service).filter(name -> !name.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        List.of(channels),
        Optional.empty());
  }

  static Channel channel(String name, CommunicationRules.Type type, Audience audience) {
    return new Channel(
        name,
        type,
        audience,
        Optional.of(new SecretRef("env:URL")),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  void start(String runbook, boolean dryRun, Map<String, String> facts) {
    runs.start(new Runs.Request(RUN, runbook, new PlanId("shop"), "ann", dryRun, facts));
  }

  void note(String name, String text, Map<String, String> facts) {
    journal.append(RUN, new Milestone(name, text, facts));
  }

  void announce(String moment) {
    note("ANNOUNCED", "text of " + moment, Map.of("message", moment));
  }

  /** Says it, and delivers what is due. */
  void announceAndDeliver(String moment) {
    announce(moment);
    correspondent.tick();
    postman.tick();
  }

  /** As the clock of the application does, all at once. */
  void tick() {
    correspondent.tick();
    cadence.tick();
    draftWatch.tick();
    postman.tick();
  }

  /** Channel and moment of what stands in the outbox, in order. */
  List<String> kept() {
    return outbox.ofRun(RUN.value()).stream()
        .map(message -> message.channel() + " " + message.moment().word() + " " + message.state())
        .toList();
  }

  /** Hands texts over to a list, and answers as the test says for the channel. */
  private final class Pretended implements Delivery {
    @Override
    public boolean speaks(CommunicationRules.Type type) {
      return true;
    }

    @Override
    public int longest(CommunicationRules.Type type) {
      return longest;
    }

    @Override
    public Result send(CommunicationRules rules, Channel channel, Text text) {
      handedOver.add(channel.name() + " " + text.subject() + ": " + text.body());
      texts.add(text);
      return answers.getOrDefault(channel.name(), new Result.Delivered());
    }
  }

  /** A clock that stands until it is moved. */
  static final class Time extends Clock {
    private Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
