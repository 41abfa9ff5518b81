package dev.repli.plan.yaml;

import dev.repli.plan.ContactRules;
import dev.repli.plan.ContactRules.Chain;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.ContactRules.Grace;
import dev.repli.plan.ContactRules.Step;
import dev.repli.plan.SecretRef;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys of those who are on call. */
final class ContactKeys {
  private static final String ID_FORM = "[a-z][a-z0-9-]{0,24}";
  private static final Key<String> ID = Key.required("id", id(), "Name of the contact in chains.");
  private static final Key<String> NAME = Key.required("name", Texts.line(80), "Name for people.");
  private static final Key<String> USER =
      Key.required("user", GuardrailKeys.person(), "Name with which this person logs in.");
  private static final Key<Optional<String>> MAIL =
      Key.optional("mail", ChannelKeys.address(), "Mail address.");
  private static final Key<Optional<SecretRef>> CHAT =
      Key.optional(
          "chat", Addresses.secret(), "Where the address of a chat webhook to them is found.");
  private static final Key<Optional<SecretRef>> SMS =
      Key.optional(
          "sms", Addresses.secret(), "Where their address at the SMS or call gateway is found.");
  private static final Block<Contact> CONTACT =
      Block.of(
              List.of(ID, NAME, USER, MAIL, CHAT, SMS),
              values ->
                  new Contact(
                      values.get(ID),
                      values.get(NAME),
                      values.get(USER),
                      values.get(MAIL),
                      values.get(CHAT),
                      values.get(SMS)))
          .checked(ContactKeys::reachable);

  private static final Key<String> WHO =
      Key.required("contact", id(), "Id of one of contacts.onCall.");
  private static final Key<Duration> AFTER =
      Key.required(
          "after", Durations.between("0s", "24h"), "From the start of the triage to this call.");
  private static final Block<Step> STEP =
      Block.of(List.of(WHO, AFTER), values -> new Step(values.get(WHO), values.get(AFTER)));
  private static final Key<String> ROLE =
      Key.required("role", LimitKeys.ROLE, "Group that decides, one of approvals.roles.");
  private static final Key<List<Step>> CHAIN =
      Key.required("chain", new Items<>(STEP, 1), "Who is called, one after the other.");
  private static final Block<Chain> ESCALATION_OF_ROLE =
      Block.of(List.of(ROLE, CHAIN), values -> new Chain(values.get(ROLE), values.get(CHAIN)))
          .checked(ContactKeys::laterAndLater);

  private static final Key<Optional<Duration>> HIGH = grace("high", "Usually 15 min.");
  private static final Key<Optional<Duration>> MEDIUM = grace("medium", "Usually 60 min.");
  private static final Key<Optional<Duration>> LOW = grace("low", "Usually 4 h.");
  private static final Block<Grace> GRACE_BLOCK =
      Block.of(
          List.of(HIGH, MEDIUM, LOW),
          values -> new Grace(values.get(HIGH), values.get(MEDIUM), values.get(LOW)));

  private static final Key<List<Contact>> ON_CALL =
      Key.withDefault("onCall", new Items<>(CONTACT, 0), List.of(), "People who can be called.");
  private static final Key<List<Chain>> ESCALATION =
      Key.withDefault(
          "escalation",
          new Items<>(ESCALATION_OF_ROLE, 0),
          List.of(),
          "By role, who is called when no decision is taken.");
  private static final Key<Grace> GRACE =
      Key.withDefault(
          "grace", GRACE_BLOCK, Map.of(), "By severity, how long people may try before.");

  static final Block<ContactRules> CONTACTS =
      Block.of(
              List.of(ON_CALL, ESCALATION, GRACE),
              values ->
                  new ContactRules(values.get(ON_CALL), values.get(ESCALATION), values.get(GRACE)))
          .checked(ContactKeys::fits);

  private ContactKeys() {}

  private static Scalar<String> id() {
    return Texts.formed(
        ID_FORM, "1 to 25 characters a-z, 0-9 and '-', starting with a letter", id -> id);
  }

  private static Key<Optional<Duration>> grace(String severity, String usual) {
    return Key.optional(severity, Durations.between("1m", "24h"), usual);
  }

  private static void reachable(Values values) {
    boolean wrong =
        values.find(MAIL).isEmpty() || values.find(CHAT).isEmpty() || values.find(SMS).isEmpty();
    if (!wrong
        && values.get(MAIL).isEmpty()
        && values.get(CHAT).isEmpty()
        && values.get(SMS).isEmpty()) {
      values.error("id", "has no way to be reached", "mail, chat or sms beside it", "");
    }
  }

  private static void laterAndLater(Values values) {
    List<Step> steps = values.find(CHAIN).orElse(List.of());
    Set<String> called = new HashSet<>();
    for (int index = 0; index < steps.size(); index++) {
      if (!called.add(steps.get(index).contact())) {
        values.error(
            "chain[" + index + "].contact",
            "is called above already: " + Shown.quoted(steps.get(index).contact()),
            "somebody else",
            "");
      }
      if (index > 0 && steps.get(index).after().compareTo(steps.get(index - 1).after()) <= 0) {
        values.error(
            "chain[" + index + "].after",
            "is not after the call before it",
            "a longer time than the one above",
            "");
      }
    }
  }

  private static void fits(Values values) {
    List<Contact> people = values.find(ON_CALL).orElse(List.of());
    Set<String> ids = new HashSet<>();
    for (int index = 0; index < people.size(); index++) {
      if (!ids.add(people.get(index).id())) {
        values.error(
            "onCall[" + index + "].id",
            "is the same as that of another contact: " + Shown.quoted(people.get(index).id()),
            "an id of its own",
            "");
      }
    }
    if (values.find(ON_CALL).isPresent()) {
      values.find(ESCALATION).ifPresent(chains -> known(values, chains, ids));
    }
  }

  private static void known(Values values, List<Chain> chains, Set<String> ids) {
    Set<String> roles = new HashSet<>();
    for (int index = 0; index < chains.size(); index++) {
      String at = "escalation[" + index + "]";
      if (!roles.add(chains.get(index).role())) {
        values.error(
            at + ".role",
            "has a chain above already: " + Shown.quoted(chains.get(index).role()),
            "each role once",
            "");
      }
      List<Step> steps = chains.get(index).steps();
      for (int step = 0; step < steps.size(); step++) {
        String contact = steps.get(step).contact();
        if (!ids.contains(contact)) {
          values.error(
              "%s.chain[%d].contact".formatted(at, step),
              "is " + Shown.quoted(contact) + ", which no contact of onCall has as id",
              ids.isEmpty() ? "a contact in contacts.onCall" : String.join(", ", ids),
              Spelling.suggest(contact, List.copyOf(ids)));
        }
      }
    }
    if (chains.isEmpty() && !ids.isEmpty()) {
      values.error("onCall", "is never called", "a chain in contacts.escalation", "");
    }
  }
}
