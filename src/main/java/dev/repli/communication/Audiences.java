package dev.repli.communication;

import dev.repli.communication.Matrix.Means;
import dev.repli.communication.Matrix.Rule;
import dev.repli.communication.Moment.Phase;
import dev.repli.plan.CommunicationRules;
import dev.repli.plan.CommunicationRules.Audience;
import dev.repli.plan.CommunicationRules.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which channels of a plan a piece of news goes over. */
final class Audiences {
  private final Matrix matrix;

  Audiences(Matrix matrix) {
    this.matrix = matrix;
  }

  /** One way out of a plan: a channel of it, or the status page. */
  record Way(String channel, Audience audience, Means means) {
    boolean page() {
      return means == Means.STATUS_PAGE;
    }
  }

  static List<Way> ways(CommunicationRules rules) {
    List<Way> ways = new ArrayList<>();
    for (Channel channel : rules.channels()) {
      ways.add(new Way(channel.name(), channel.audience(), means(channel.type())));
    }
    if (rules.service().isPresent()) {
      ways.add(new Way(Message.STATUS_PAGE, Audience.USERS, Means.STATUS_PAGE));
    }
    return ways;
  }

  private static Means means(CommunicationRules.Type type) {
    return switch (type) {
      case MAIL -> Means.MAIL;
      case SLACK, TEAMS -> Means.CHAT;
      case WEBHOOK, PAGERDUTY -> Means.CALL;
    };
  }

  /** Those that are told of something of this phase and weight. */
  List<Way> told(CommunicationRules rules, Phase phase, Moment moment) {
    return ways(rules).stream()
        .filter(
            way ->
                waits(phase, way, moment)
                    || rules(rules, phase, way).stream()
                        .anyMatch(rule -> moment.weight().compareTo(rule.least()) >= 0))
        .toList();
  }

  /** Whether somebody of the communication team has to approve this before it is sent. */
  boolean waits(Phase phase, Way way, Moment moment) {
    return drafts(phase, way.audience())
        .anyMatch(rule -> rule.every().isEmpty() && moment.weight().compareTo(rule.least()) >= 0);
  }

  /** What is drafted when the work lasts long. */
  record Late(Duration after, List<Way> ways) {}

  /** A draft for the communication team is one for the users: the team knows already. */
  List<Late> late(CommunicationRules rules, Phase phase) {
    return Arrays.stream(Audience.values())
        .flatMap(
            audience ->
                drafts(phase, audience)
                    .flatMap(rule -> rule.every().stream())
                    .map(after -> new Late(after, of(rules, readers(audience)))))
        .toList();
  }

  private static Audience readers(Audience audience) {
    return audience == Audience.COMMUNICATION ? Audience.USERS : audience;
  }

  static List<Way> of(CommunicationRules rules, Audience audience) {
    return ways(rules).stream().filter(way -> way.audience() == audience).toList();
  }

  private Stream<Rule> drafts(Phase phase, Audience audience) {
    return matrix.rules(phase, audience).stream().filter(rule -> rule.means() == Means.DRAFT);
  }

  /**
   * Rules that count for a channel: those of its kind. An audience without a channel of any of the
   * right kinds is told all over those it has, rather than not at all.
   */
  List<Rule> rules(CommunicationRules rules, Phase phase, Way way) {
    List<Rule> all =
        matrix.rules(phase, way.audience()).stream()
            .filter(rule -> rule.means() != Means.DRAFT)
            .toList();
    boolean otherwise = !way.page() && all.stream().noneMatch(rule -> has(rules, way, rule));
    return all.stream().filter(rule -> otherwise || rule.means() == way.means()).toList();
  }

  /** Whether some channel of the same audience is of the rule's kind. */
  private static boolean has(CommunicationRules rules, Way like, Rule rule) {
    return ways(rules).stream()
        .anyMatch(way -> way.audience() == like.audience() && way.means() == rule.means());
  }

  /** Who is called when nobody hears anything. */
  static List<Way> leads(CommunicationRules rules) {
    for (Audience audience : List.of(Audience.LEAD, Audience.TECHNICAL, Audience.MANAGEMENT)) {
      List<Way> ways = of(rules, audience);
      if (!ways.isEmpty()) {
        return ways;
      }
    }
    return List.of();
  }

  /** The shortest promise of news for a channel. */
  Optional<Duration> every(CommunicationRules rules, Phase phase, Way way) {
    return rules(rules, phase, way).stream()
        .flatMap(rule -> rule.every().stream())
        .min(java.util.Comparator.naturalOrder());
  }
}
