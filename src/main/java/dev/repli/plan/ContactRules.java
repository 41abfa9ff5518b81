package dev.repli.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who is called when a decision is due, one after the other, and how long people have before.
 *
 * @param onCall each with an id of its own
 * @param chains at most one of each role
 * @param grace by severity, other than the usual
 */
public record ContactRules(List<Contact> onCall, List<Chain> chains, Grace grace) {
  /** Nobody is called by name. */
  public static final ContactRules NONE =
      new ContactRules(
          List.of(), List.of(), new Grace(Optional.empty(), Optional.empty(), Optional.empty()));

  public ContactRules {
    onCall = List.copyOf(onCall);
    chains = List.copyOf(chains);
  }

  /**
   * A person, with at least one way to reach them.
   *
   * @param user name in the engine
   * @param chat where the address of an incoming webhook that reaches them is found
   * @param sms where the address at the gateway that reaches their telephone is found
   */
  public record Contact(
      String id,
      String name,
      String user,
      Optional<String> mail,
      Optional<SecretRef> chat,
      Optional<SecretRef> sms) {}

  /**
   * Those who may decide in a role, in the order in which they are called.
   *
   * @param role one of {@link ApprovalRules#roles}
   * @param steps at least one, the later the further
   */
  public record Chain(String role, List<Step> steps) {
    public Chain {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One call.
   *
   * @param contact id of a person
   * @param after counted from the start of the triage
   */
  public record Step(String contact, Duration after) {}

  /** How long people may try before a rollback is prepared. */
  public record Grace(Optional<Duration> high, Optional<Duration> medium, Optional<Duration> low) {}

  /** The person of that id. */
  public Optional<Contact> contact(String id) {
    return onCall.stream().filter(one -> one.id().equals(id)).findFirst();
  }
}
