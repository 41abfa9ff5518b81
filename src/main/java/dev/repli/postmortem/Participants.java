package dev.repli.postmortem;

import dev.repli.journal.Evidence.Decided;
import dev.repli.journal.Evidence.Milestone;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.Decider;
import dev.repli.plan.Plan;
import dev.repli.postmortem.Participant.Deed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who had to do with a rollback, from the journals of the runs and the plan's people. */
final class Participants {
  private static final Map<String, String> DEEDS =
      Map.of(
          "ABORT_REQUESTED", "asked to abort",
          "MESSAGE_APPROVED", "let a message be sent",
          "MESSAGE_CHANGED", "changed a message and let it be sent",
          "MESSAGE_REFUSED", "kept a message from being sent",
          "CONTACT_CALLED", "was called",
          "CONTACT_UNANSWERED", "did not answer");

  private final Plan plan;
  private final UserNames names;
  private final Map<String, List<Deed>> deeds = new LinkedHashMap<>();
  private final Map<String, Set<String>> roles = new LinkedHashMap<>();

  Participants(Plan plan, UserNames names) {
    this.plan = plan;
    this.names = names;
  }

  /** Somebody, or a system, has asked for a run. */
  Participants asked(String who, Instant at, String what) {
    did(who, at, "asked for " + what);
    return this;
  }

  Participants read(List<JournalEntry> entries) {
    for (JournalEntry entry : entries) {
      if (entry.evidence() instanceof Decided decided) {
        String what = "%s: %s".formatted(decided.question(), decided.answer());
        did(decided.who(), entry.at(), what);
      } else if (entry.evidence() instanceof Milestone milestone) {
        read(entry.at(), milestone);
      }
    }
    return this;
  }

  private void read(Instant at, Milestone milestone) {
    Optional<String> what = Optional.ofNullable(DEEDS.get(milestone.name()));
    Map<String, String> facts = milestone.facts();
    Optional<String> by = Optional.ofNullable(facts.get("by"));
    Optional<String> called = Optional.ofNullable(facts.get("contact")).map(this::user);
    what.ifPresent(
        deed ->
            by.or(() -> called)
                .ifPresent(
                    who -> {
                      did(who, at, deed);
                      Optional.ofNullable(facts.get("role")).ifPresent(role -> is(who, role));
                    }));
  }

  /**
   * Those who did something in the order in which they began, then the other people of the plan.
   */
  List<Participant> all() {
    plan.people().forEach(this::decider);
    Comparator<Participant> first = Comparator.comparing(any -> any.deeds().get(0).at());
    List<Participant> active =
        deeds.keySet().stream().map(this::participant).sorted(first).toList();
    List<Participant> others =
        roles.keySet().stream()
            .filter(who -> !deeds.containsKey(who))
            .map(this::participant)
            .toList();
    return Stream.concat(active.stream(), others.stream()).toList();
  }

  private void decider(Decider decider) {
    is(decider.user(), decider.role());
    if (!decider.deputy().isBlank()) {
      is(decider.deputy(), decider.role() + " (deputy)");
    }
  }

  private Participant participant(String who) {
    return new Participant(
        who,
        names.of(who).or(() -> contact(who).map(Contact::name)).orElse(""),
        List.copyOf(roles.getOrDefault(who, Set.of())),
        deeds.getOrDefault(who, List.of()));
  }

  private void is(String who, String role) {
    roles.computeIfAbsent(who, any -> new LinkedHashSet<>()).add(role);
  }

  /** What was done again is said once. */
  private void did(String who, Instant at, String what) {
    List<Deed> known = deeds.computeIfAbsent(who, any -> new ArrayList<>());
    if (known.stream().noneMatch(deed -> deed.what().equals(what))) {
      known.add(new Deed(at, what));
    }
  }

  /** A contact is known by its own id; who it is logs in under another name. */
  private String user(String contact) {
    return plan.contacts()
        .contact(contact)
        .map(Contact::user)
        .filter(user -> !user.isBlank())
        .orElse(contact);
  }

  private Optional<Contact> contact(String who) {
    return plan.contacts().onCall().stream()
        .filter(any -> any.user().equals(who) || any.id().equals(who))
        .findFirst();
  }
}
