package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.CommunicationRules.MailServer;
import dev.repli.plan.CommunicationRules.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys of messages to people. */
final class CommunicationKeys {
  private static final Key<Optional<String>> SERVICE =
      Key.optional(
          "service",
          Texts.line(60),
          "Name of the service for the public; with it the status page shows this plan.");
  private static final Key<Optional<String>> CONTACT =
      Key.optional("contact", Texts.line(120), "Where people outside can ask; shown to users.");

  private static final Key<String> HOST =
      Key.required("host", Addresses.host(), "Where the SMTP server listens.");
  private static final Key<Integer> PORT =
      Key.withDefault("port", Numbers.whole(1, 65535), 587, "Its TCP port.");
  private static final Key<MailServer.Security> SECURITY =
      Key.withDefault(
          "security",
          Texts.oneOf(MailServer.Security.class),
          "starttls",
          "How the connection is protected.");
  private static final Key<Optional<Account>> ACCOUNT =
      Key.optional("account", NodeKeys.ACCOUNT, "Log-in, where the server wants one.");
  private static final Key<String> FROM =
      Key.required("from", ChannelKeys.address(), "Sender of every message.");
  private static final Key<Optional<MailServer>> MAIL =
      Key.optional(
          "mail",
          Block.of(
                  List.of(HOST, PORT, SECURITY, ACCOUNT, FROM),
                  values ->
                      new MailServer(
                          values.get(HOST),
                          values.get(PORT),
                          values.get(SECURITY),
                          values.get(ACCOUNT),
                          values.get(FROM)))
              .checked(CommunicationKeys::noPasswordInTheClear),
          "Server that takes the mails.");

  private static final Key<List<Channel>> CHANNELS =
      Key.withDefault(
          "channels", new Items<>(ChannelKeys.CHANNEL, 0), List.of(), "Ways to reach people.");

  private static final Key<Instant> START =
      Key.required("from", moment(), "When the cutover is planned.");
  private static final Key<Duration> LASTS =
      Key.required("lasts", Durations.between("1m", "7d"), "How long users may notice it.");
  private static final Key<Optional<Maintenance>> MAINTENANCE =
      Key.optional(
          "maintenance",
          Block.of(
              List.of(START, LASTS),
              values -> new Maintenance(values.get(START), values.get(LASTS))),
          "What is announced before the cutover.");

  static final Block<CommunicationRules> COMMUNICATION =
      Block.of(
              List.of(SERVICE, CONTACT, MAIL, CHANNELS, MAINTENANCE),
              values ->
                  new CommunicationRules(
                      values.get(SERVICE),
                      values.get(CONTACT),
                      values.get(MAIL),
                      values.get(CHANNELS),
                      values.get(MAINTENANCE)))
          .checked(CommunicationKeys::fits);

  private CommunicationKeys() {}

  private static Scalar<Instant> moment() {
    return new Scalar<>(
        "a time in UTC such as 2027-01-31T04:00:00Z",
        Texts.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"),
        (node, refusal) -> {
          try {
            return Optional.of(Instant.parse(node.getValue()));
          } catch (DateTimeParseException e) {
            return refusal.because("is " + Shown.quoted(node.getValue()));
          }
        });
  }

  private static void noPasswordInTheClear(Values values) {
    boolean plain = values.find(SECURITY).filter(MailServer.Security.NONE::equals).isPresent();
    boolean near = values.find(HOST).filter(host -> host.matches("localhost|127\\..*")).isPresent();
    if (plain && !near && values.find(ACCOUNT).flatMap(account -> account).isPresent()) {
      values.error(
          "security",
          "is none, so the password would cross the network as it is",
          "starttls or tls",
          "");
    }
  }

  private static void fits(Values values) {
    List<Channel> channels = values.find(CHANNELS).orElse(List.of());
    Set<String> names = new HashSet<>();
    for (int index = 0; index < channels.size(); index++) {
      Channel channel = channels.get(index);
      if (!names.add(channel.name())) {
        values.error(
            "channels[" + index + "].name",
            "is the same as that of another channel: " + Shown.quoted(channel.name()),
            "a name of its own",
            "");
      }
      boolean server = values.find(MAIL).filter(Optional::isPresent).isPresent();
      if (channel.type() == CommunicationRules.Type.MAIL
          && values.find(MAIL).isPresent()
          && !server) {
        values.error(
            "channels[" + index + "].type",
            "is mail, but communication.mail names no server",
            "a server in communication.mail",
            "");
      }
    }
  }
}
