package dev.repli.communication;

import dev.repli.communication.Audiences.Way;
import dev.repli.communication.Matrix.Means;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import dev.repli.plan.ContactRules.Contact;
import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Each address of somebody who is on call is a channel with one reader. */
final class ContactChannels {
  private static final String PERSON = "contact:";

  /** Kinds of addresses, the loudest first. */
  private static final List<String> KINDS = List.of("sms", "chat", "mail");

  private ContactChannels() {}

  /** Whether one person alone reads what goes over the channel. */
  static boolean isPersonal(String channel) {
    return channel.startsWith(PERSON);
  }

  /** Names of all channels that the reader of this one may have, the loudest first. */
  static List<String> ofTheSameReader(String channel) {
    if (!isPersonal(channel)) {
      return List.of(channel);
    }
    String person = channel.substring(0, channel.lastIndexOf(':') + 1);
    return KINDS.stream().map(kind -> person + kind).toList();
  }

  /** The colons keep its name apart from those that a plan can give. */
  static List<Channel> of(Contact person) {
    List<Channel> channels = new ArrayList<>();
    String name = PERSON + person.id() + ":";
    person
        .mail()
        .ifPresent(
            mail ->
                channels.add(
                    channel(
                        name + "mail",
                        CommunicationRules.Type.MAIL,
                        Optional.empty(),
                        List.of(mail))));
    person
        .chat()
        .ifPresent(
            chat ->
                channels.add(
                    channel(
                        name + "chat",
                        CommunicationRules.Type.SLACK,
                        Optional.of(chat),
                        List.of())));
    person
        .sms()
        .ifPresent(
            sms ->
                channels.add(
                    channel(
                        name + "sms",
                        CommunicationRules.Type.WEBHOOK,
                        Optional.of(sms),
                        List.of())));
    return channels;
  }

  private static Channel channel(
      String name, CommunicationRules.Type type, Optional<SecretRef> url, List<String> to) {
    return new Channel(
        name, type, Audience.LEAD, url, Optional.empty(), to, Optional.empty(), Optional.empty());
  }

  /** Ways to one person; none when the plan does not know them any more. */
  static List<Way> ways(Plan plan, String contact) {
    return plan.contacts().contact(contact).stream()
        .flatMap(person -> of(person).stream())
        .map(channel -> new Way(channel.name(), channel.audience(), Means.CALL))
        .toList();
  }

  /** Those of the plan first, then each address of those who are on call. */
  static List<Channel> all(Plan plan) {
    return Stream.concat(
            plan.communication().channels().stream(),
            plan.contacts().onCall().stream().flatMap(person -> of(person).stream()))
        .toList();
  }

  /** A channel of the plan, or one to somebody who is on call. */
  static Optional<Channel> find(Plan plan, String name) {
    return all(plan).stream().filter(channel -> channel.name().equals(name)).findFirst();
  }
}
