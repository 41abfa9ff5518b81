package dev.repli.communication.process;

import dev.repli.approval.Approvals;
import dev.repli.approval.Fingerprints;
import dev.repli.approval.KeptApprovals;
import dev.repli.communication.ApproveMessage;
import dev.repli.communication.DraftBox;
import dev.repli.communication.Matrix;
import dev.repli.communication.Message;
import dev.repli.communication.Message.State;
import dev.repli.communication.Moment;
import dev.repli.communication.Outbox;
import dev.repli.communication.TableMatrix;
import dev.repli.communication.Wording;
import dev.repli.communication.jdbc.RealOutbox;
import dev.repli.database.Databases;
import dev.repli.database.FakeDatabase;
import dev.repli.database.VirtualTime;
import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.plan.Checks;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import dev.repli.rollback.SamplePlan;
import dev.repli.route.Routes;
import dev.repli.run.FixedRuns;
import dev.repli.run.RunKey;
import dev.repli.run.Runs;
import dev.repli.runbook.RunbookWorld;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;

/** A message to users over the status page and a French channel, and its approval. */
final class MessageApprovalWorld extends RunbookWorld {
  static final RunKey INCIDENT = new RunKey("INC-1");
  static final String DRAFT = "INC-1/longer/1/users";
  static final RunKey KEY =
      new RunKey("INC-1-message-%08x".formatted("INC-1/longer/1/users".hashCode()));
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final Clock clock = Clock.fixed(NOON, java.time.ZoneOffset.UTC);
  private final Journal journal = new InMemoryJournal(clock);
  private final RealOutbox database = new RealOutbox();
  final Outbox outbox = database.outbox();
  final DraftBox box = database.drafts();
  private final ProcessEngine engine;
  private final Plan plan;
  private String draft = DRAFT;

  MessageApprovalWorld(ProcessEngine engine, Map<Object, Object> beans, Wording wording) {
    super(engine, KEY, "MessageApprovalProcess", "repli");
    this.engine = engine;
    FakeDatabase data = new FakeDatabase(new VirtualTime());
    plan =
        SamplePlan.of(data, List.of(), new Checks(List.of(), List.of(), List.of()))
            .telling(
                new CommunicationRules(
                    Optional.of("Shop"),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                        channel("clients", Audience.USERS, Optional.of(Locale.FRENCH)),
                        channel("writers", Audience.COMMUNICATION, Optional.empty()),
                        channel("boss", Audience.LEAD, Optional.empty())),
                    Optional.empty()));
    plans.add(plan);
    put("clients");
    put(Message.STATUS_PAGE);
    context.registerBean(Databases.class, () -> new Databases(List.of(data)));
    context.registerBean(Routes.class, () -> new Routes(List.of()));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Fingerprints.class, () -> any -> new Fingerprint("f".repeat(16)));
    context.registerBean(Approvals.class, KeptApprovals::new);
    context.registerBean(Runs.class, () -> new FixedRuns());
    context.registerBean(Matrix.class, TableMatrix::new);
    context.registerBean(
        ApproveMessage.class, () -> new ApproveMessage(box, outbox, wording, journal, clock));
    begin(beans, "dev.repli.rollback", "dev.repli.communication.process");
  }

  private static Channel channel(String name, Audience audience, Optional<Locale> locale) {
    return new Channel(
        name,
        CommunicationRules.Type.WEBHOOK,
        audience,
        Optional.of(new SecretRef("env:URL")),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        locale);
  }

  private void put(String channel) {
    var unused =
        outbox.put(
            Message.fresh(
                "INC-1/longer/1/" + channel,
                plan.id(),
                INCIDENT.value(),
                channel,
                Audience.USERS,
                Moment.TAKES_LONGER,
                Map.of("service", "*Shop* [x](http://evil)", "begunAt", NOON.toString()),
                State.DRAFT,
                NOON));
  }

  /** From now on it is started about another one. */
  void about(String other) {
    draft = other;
  }

  @Override
  protected Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("draft", draft);
    facts.put("incidentId", INCIDENT.value());
    return facts;
  }

  void as(String user) {
    engine.getIdentityService().setAuthenticatedUserId(user);
  }

  void say(Map<String, Object> answers) {
    complete(answers);
  }

  List<String> states() {
    return outbox.ofRun(INCIDENT.value()).stream()
        .map(message -> message.channel() + " " + message.state())
        .toList();
  }

  /** Channel and moment of what people are told about the approval. */
  List<String> calls() {
    return outbox.ofRun(KEY.value()).stream()
        .map(message -> message.channel() + " " + message.moment().word())
        .toList();
  }

  List<Milestone> toldInTheIncident() {
    return journal.read(INCIDENT).stream().map(entry -> (Milestone) entry.evidence()).toList();
  }

  List<Decided> decided() {
    return evidence(Decided.class);
  }

  @Override
  public void close() {
    engine.getIdentityService().clearAuthentication();
    super.close();
  }

  @Override
  protected Journal journal() {
    return journal;
  }
}
