package dev.repli.communication;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happened, as far as people are told. Its word is the name of its template. */
public enum Moment {
  MAINTENANCE_PLANNED(Phase.BEFORE, Weight.END),
  CUTOVER_BEGUN(Phase.DURING, Weight.END),
  CUTOVER_DONE(Phase.DURING, Weight.END),
  CUTOVER_UNDONE(Phase.DURING, Weight.END),
  WINDOW_CLOSED(Phase.DURING, Weight.KEY),
  INCIDENT(Phase.INCIDENT, Weight.END),
  /** It is worse than anybody has called it so far: lead and management have to know. */
  SEVERITY_RISEN(Phase.INCIDENT, Weight.KEY),
  /** Somebody who is on call has to decide. */
  DECISION_DUE(Phase.INCIDENT, Weight.END),
  /** A rollback starts by itself when nobody stops it: all who can stop it have to know. */
  COUNTDOWN(Phase.AFTER, Weight.END),
  /** Who has to decide or approve has not answered, or something cannot wait any more. */
  ANSWER_NEEDED(Phase.AFTER, Weight.END),
  /** And still has not, after management heard of it twice. */
  ANSWER_STILL_NEEDED(Phase.REMINDER, Weight.END),
  /** The answer is there, or nobody waits for it: closes the page of a pager that called for it. */
  ANSWERED(Phase.REMINDER, Weight.END),
  INCIDENT_RESOLVED(Phase.INCIDENT, Weight.END),
  /** People decided that nothing is done about it now. */
  INCIDENT_CLOSED(Phase.INCIDENT, Weight.END),
  /** Repli has no way left, and people go on without it: it is not over. */
  CONTINGENCY(Phase.INCIDENT, Weight.END),
  ROLLBACK_RUNNING(Phase.ROLLBACK, Weight.END),
  ROLLBACK_DONE(Phase.ROLLBACK, Weight.END),
  /** A run that had begun ended without its closing message. */
  WORK_ENDED(Phase.ROLLBACK, Weight.END),
  POST_MORTEM_DUE(Phase.POST_MORTEM, Weight.KEY),
  /** A step can't go on, whatever the run is about: all but customers have to know. */
  STEP_STANDS(Phase.AFTER, Weight.END),
  /** Repli's own stream back holds changes: the way back is closed until people decide. */
  CHANGES_HELD(Phase.AFTER, Weight.END),
  /** Criteria are armed and see nothing: nobody would hear of a breach. */
  CRITERIA_BLIND(Phase.AFTER, Weight.END),
  /** Whoever was told so waits for it. */
  CRITERIA_SEEN_AGAIN(Phase.AFTER, Weight.END),
  /** Lead and management have to know. */
  POST_MORTEM_OVERDUE(Phase.POST_MORTEM, Weight.END),
  POST_MORTEM_PUBLISHED(Phase.POST_MORTEM, Weight.KEY),
  /** What a rollback has kept is promised for a short time only. */
  KEPT_DATA_ENDS(Phase.AFTER, Weight.STEP),
  /** And now no longer. */
  KEPT_DATA_OVER(Phase.AFTER, Weight.STEP),
  /** Somebody owes what they promised in one: for that person, or the war room. */
  ACTION_OVERDUE(Phase.AFTER, Weight.STEP),
  /** Since a week: the lead has to know. */
  ACTION_ESCALATED(Phase.AFTER, Weight.END),
  /** It lasts so long that people write about it. */
  TAKES_LONGER(Phase.ROLLBACK, Weight.END),
  /** The communication team is asked to approve a message. */
  DRAFT_WAITS(Phase.ROLLBACK, Weight.KEY),
  /** It has not answered. */
  DRAFT_UNANSWERED(Phase.ROLLBACK, Weight.END),
  /** Nothing new but that it goes on. */
  PROGRESS(Phase.ROLLBACK, Weight.STEP),
  /** A line of the journal. */
  STEP(Phase.ROLLBACK, Weight.STEP),
  /** Promised news did not come. */
  SILENCE(Phase.ROLLBACK, Weight.END),
  /** A backup that must not be used, or that nobody could look into. */
  BACKUP_NOT_PROVED(Phase.DURING, Weight.STEP),
  /** Somebody tries a channel. */
  TEST(Phase.BEFORE, Weight.END);

  /** Part of the story of a migration. */
  public enum Phase {
    BEFORE,
    DURING,
    INCIDENT,
    ROLLBACK,
    AFTER,
    /** What is written about it: also for those who write to others. */
    POST_MORTEM,
    /** What is said again because nobody has answered. */
    REMINDER;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How many want to know. */
  public enum Weight {
    /** Only those who follow each step. */
    STEP,
    KEY,
    /** A begin or an end: everybody. */
    END
  }

  private final Phase phase;
  private final Weight weight;

  Moment(Phase phase, Weight weight) {
    this.phase = phase;
    this.weight = weight;
  }

  /** Phase of those that have one of their own. */
  public Phase phase() {
    return phase;
  }

  public Weight weight() {
    return weight;
  }

  /** Whether from now on people wait for news. */
  public boolean opens() {
    return this == CUTOVER_BEGUN || this == ROLLBACK_RUNNING || this == INCIDENT;
  }

  /** Whether nobody waits any more. */
  public boolean closes() {
    return this == CUTOVER_DONE
        || this == CUTOVER_UNDONE
        || this == ROLLBACK_DONE
        || this == INCIDENT_RESOLVED
        || this == INCIDENT_CLOSED
        || this == WORK_ENDED;
  }

  /** Whether it tells of a rollback, whatever the runbook is that went back. */
  boolean isRollback() {
    return this == ROLLBACK_RUNNING || this == ROLLBACK_DONE;
  }

  /** Whether work stands until somebody answers, or goes on without them if nobody does. */
  public boolean asks() {
    return this == DECISION_DUE || isAnswered();
  }

  /** Whether a pager has a page of its own for it, until somebody has answered. */
  boolean isAnswered() {
    return this == COUNTDOWN || this == ANSWER_NEEDED || this == ANSWER_STILL_NEEDED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Moment> of(String word) {
    return Arrays.stream(values()).filter(moment -> moment.word().equals(word)).findFirst();
  }
}
