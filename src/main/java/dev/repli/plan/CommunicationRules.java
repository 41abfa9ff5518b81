package dev.repli.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who is told what is going on, and over which channels.
 *
 * @param service name of the service for the public; empty keeps the plan off the status page
 * @param contact where people outside ask, for example an address or a telephone number
 * @param mail server of the mail channels
 * @param channels each with a name of its own
 * @param maintenance when the cutover is planned, for what is said before it
 */
public record CommunicationRules(
    Optional<String> service,
    Optional<String> contact,
    Optional<MailServer> mail,
    List<Channel> channels,
    Optional<Maintenance> maintenance) {
  public static final CommunicationRules SILENT =
      new CommunicationRules(
          Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

  public CommunicationRules {
    channels = List.copyOf(channels);
  }

  /** Whether anybody is told anything. */
  public boolean speaks() {
    return service.isPresent() || !channels.isEmpty();
  }

  /** For whom a message is written. */
  public enum Audience {
    /** Sees every step. */
    TECHNICAL,
    MANAGEMENT,
    /** Customers; never shown anything internal. */
    USERS,
    /** Those who approve what is said. */
    COMMUNICATION,
    /** Whoever leads; called when promised news does not come. */
    LEAD
  }

  /** What a channel speaks. */
  public enum Type {
    MAIL,
    SLACK,
    TEAMS,
    /** Any HTTP service: a gateway for SMS or calls, a bot, another page. */
    WEBHOOK,
    PAGERDUTY
  }

  /**
   * One way to reach an audience.
   *
   * @param url of a webhook; it is a secret, since who knows it can post
   * @param key of PagerDuty's service
   * @param to mail addresses
   * @param body of a webhook, a template; empty for Repli's own JSON
   * @param locale of its messages; empty for the plan's
   */
  public record Channel(
      String name,
      Type type,
      Audience audience,
      Optional<SecretRef> url,
      Optional<SecretRef> key,
      List<String> to,
      Optional<String> body,
      Optional<Locale> locale) {
    public Channel {
      to = List.copyOf(to);
    }
  }

  /**
   * An SMTP server.
   *
   * @param from sender of every message
   */
  public record MailServer(
      String host, int port, Security security, Optional<Account> account, String from) {

    /** How the connection is protected. */
    public enum Security {
      /** Plain first, then encrypted; refused when the server cannot. */
      STARTTLS,
      TLS,
      /** For a server on the same machine. */
      NONE
    }
  }

  /** When the cutover is planned, and how long users notice it. */
  public record Maintenance(Instant from, Duration lasts) {}
}
