package dev.repli.communication;

import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.run.RunKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One piece of news for one audience that waits for the communication team: the messages of all
 * channels that it goes over.
 *
 * @param id the same for the same news and audience
 * @param messages at least one
 */
record Draft(String id, List<Message> messages) {
  Draft {
    messages = List.copyOf(messages);
  }

  static List<Draft> of(List<Message> waiting) {
    Map<String, List<Message>> byId = new LinkedHashMap<>();
    waiting.forEach(
        message -> byId.computeIfAbsent(idOf(message), any -> new ArrayList<>()).add(message));
    return byId.entrySet().stream()
        .map(entry -> new Draft(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String idOf(Message message) {
    String key = message.key();
    String ending = "/" + message.channel();
    String news = key.endsWith(ending) ? key.substring(0, key.length() - ending.length()) : key;
    return news + "/" + message.audience().name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What they say. */
  Moment moment() {
    return messages.get(0).moment();
  }

  Audience audience() {
    return messages.get(0).audience();
  }

  /** The run that it tells of; the plan's id where it tells of none. */
  RunKey about() {
    Message first = messages.get(0);
    return new RunKey(first.run().isEmpty() ? first.plan().value() : first.run());
  }

  /** The run in which it is approved. */
  RunKey run() {
    return about().followedBy("-message-%08x".formatted(id.hashCode()));
  }

  List<String> channels() {
    return messages.stream().map(Message::channel).toList();
  }
}
