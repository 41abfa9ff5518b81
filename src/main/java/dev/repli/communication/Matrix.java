package dev.repli.communication;

import dev.repli.communication.Moment.Phase;
import dev.repli.communication.Moment.Weight;
import dev.repli.plan.CommunicationRules.Audience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who is told how, and how often: the decision table {@code CommunicationMatrix}. */
public interface Matrix {

  List<Rule> rules(Phase phase, Audience audience);

  /**
   * One way in which an audience is told.
   *
   * @param least what has this weight or more is told
   * @param every news comes at least this often while the work goes on; before a maintenance, how
   *     long before; of a draft, after how long it is asked for
   */
  record Rule(Means means, Weight least, Optional<Duration> every) {}

  /** Kinds of channels. */
  enum Means {
    CHAT,
    MAIL,
    /** Calls, SMS, paging. */
    CALL,
    STATUS_PAGE,
    /** Somebody of the communication team writes to the users. */
    DRAFT
  }
}
