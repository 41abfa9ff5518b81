package dev.repli.communication;

import dev.repli.communication.Audiences.Way;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A message that waits for the communication team: what it says, who is called, what became. */
public final class ApproveMessage {
  private static final String APPROVED = "MESSAGE_APPROVED";
  private static final String CHANGED = "MESSAGE_CHANGED";
  private static final String REFUSED = "MESSAGE_REFUSED";

  private final DraftBox box;
  private final Outbox outbox;
  private final Wording wording;
  private final Journal journal;
  private final Clock clock;

  public ApproveMessage(
      DraftBox box, Outbox outbox, Wording wording, Journal journal, Clock clock) {
    this.box = box;
    this.outbox = outbox;
    this.wording = wording;
    this.journal = journal;
    this.clock = clock;
  }

  /** What people can answer. */
  public enum Answer {
    SEND,
    SEND_CHANGED,
    DO_NOT_SEND
  }

  /** Who is called because nobody answers. */
  public enum Call {
    /** The communication team again. */
    REMINDER,
    /** The lead. */
    ESCALATION
  }

  /**
   * What a person said.
   *
   * @param words by language; read when they are changed only
   * @param reason why it is not sent
   */
  public record Said(String by, Answer answer, Map<String, String> words, String reason) {
    public Said {
      words = Map.copyOf(words);
    }
  }

  /**
   * A draft for people.
   *
   * @param about Markdown, escaped
   */
  public record Shown(String about, DraftText text) {}

  /** Empty when no such draft waits, or when it is approved in another run. */
  public Optional<Shown> show(RunKey run, String id, Plan plan) {
    return find(id)
        .filter(draft -> draft.run().equals(run))
        .map(draft -> new Shown(about(plan, draft), DraftText.of(plan, draft, wording)));
  }

  private static String about(Plan plan, Draft draft) {
    return "A message to **%s** waits for you: **%s** of %s, run %s"
        .formatted(
            draft.audience().name().toLowerCase(Locale.ROOT),
            draft.moment().word(),
            DraftText.escaped(VisibleText.line(plan.title())),
            DraftText.escaped(draft.about().value()));
  }

  /**
   * Does what was said, once; says whether it is sent. The journal comes first, and what stands
   * there counts when the step is repeated.
   */
  public boolean settle(RunKey run, String id, Said said) {
    Optional<Draft> waiting = find(id);
    Optional<String> done = newest(run, APPROVED, CHANGED, REFUSED);
    if (done.isEmpty()) {
      note(run, id, waiting, said);
    }
    boolean sent = !newest(run, APPROVED, CHANGED, REFUSED).equals(Optional.of(REFUSED));
    Instant now = clock.instant();
    if (sent) {
      waiting.ifPresent(draft -> box.send(draft.messages(), words(said), now));
    } else {
      waiting.ifPresent(draft -> box.refuse(draft.messages(), now, why(said)));
    }
    return sent;
  }

  private static Map<String, String> words(Said said) {
    Map<String, String> words = new HashMap<>();
    if (said.answer() == Answer.SEND_CHANGED) {
      said.words().forEach((language, text) -> words.put(language, VisibleText.lines(text)));
      words.values().removeIf(String::isEmpty);
    }
    return words;
  }

  private static String why(Said said) {
    return "not sent, says " + said.by() + ": " + VisibleText.line(said.reason());
  }

  /** In the run that the message tells of, and in that of its approval. */
  private void note(RunKey run, String id, Optional<Draft> waiting, Said said) {
    Map<String, String> facts = new HashMap<>(words(said));
    facts.put("draft", id);
    facts.put("by", said.by());
    String what = waiting.map(ApproveMessage::named).orElse("The message " + id);
    boolean gone = waiting.isEmpty();
    Milestone milestone =
        gone
            ? new Milestone(REFUSED, what + " did not wait any more", facts)
            : switch (said.answer()) {
              case SEND -> new Milestone(APPROVED, what + " is sent, says " + said.by(), facts);
              case SEND_CHANGED ->
                  new Milestone(CHANGED, what + " is sent as changed by " + said.by(), facts);
              case DO_NOT_SEND -> new Milestone(REFUSED, what + " is " + why(said), facts);
            };
    waiting
        .filter(draft -> !draft.messages().get(0).run().isEmpty())
        .ifPresent(draft -> journal.append(draft.about(), milestone));
    journal.append(run, milestone);
  }

  private static String named(Draft draft) {
    return "The message %s to %s over %s"
        .formatted(
            draft.moment().word(),
            draft.audience().name().toLowerCase(Locale.ROOT),
            String.join(", ", draft.channels()));
  }

  /** Each call once, however often the step is repeated. */
  public void call(RunKey run, String id, Plan plan, Call call) {
    find(id).ifPresent(draft -> call(run, draft, plan, call));
  }

  private void call(RunKey run, Draft draft, Plan plan, Call call) {
    boolean lead = call == Call.ESCALATION;
    List<Way> ways =
        lead
            ? Audiences.leads(plan.communication())
            : Audiences.of(plan.communication(), Audience.COMMUNICATION);
    Map<String, String> facts = new HashMap<>(Correspondent.general(plan, clock.instant()));
    facts.put("run", run.value());
    facts.put("what", draft.moment().word());
    facts.put("channel", String.join(", ", draft.channels()));
    facts.put("dueAt", draft.messages().get(0).madeAt().toString());
    for (Way way : ways) {
      var unused =
          outbox.put(
              Message.fresh(
                  "%s/%s/%s".formatted(run, call.name().toLowerCase(Locale.ROOT), way.channel()),
                  plan.id(),
                  run.value(),
                  way.channel(),
                  way.audience(),
                  lead ? Moment.DRAFT_UNANSWERED : Moment.DRAFT_WAITS,
                  facts,
                  Cadence.state(way),
                  clock.instant()));
    }
    String milestone = "MESSAGE_" + call;
    if (newest(run, milestone).isEmpty()) {
      String who = lead ? "the lead" : "the communication team again";
      journal.append(
          run,
          new Milestone(
              milestone,
              "Nobody has approved or refused %s; called: %s".formatted(named(draft), who),
              Map.of("called", who)));
    }
  }

  private Optional<Draft> find(String id) {
    return Draft.of(box.waiting()).stream().filter(draft -> draft.id().equals(id)).findFirst();
  }

  private Optional<String> newest(RunKey run, String... names) {
    return journal
        .newestMilestone(run, names)
        .map(JournalEntry::evidence)
        .map(found -> found instanceof Milestone milestone ? milestone.name() : "");
  }
}
