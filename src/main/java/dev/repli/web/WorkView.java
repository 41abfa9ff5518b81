package dev.repli.web;

import dev.repli.longwork.WorkProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One long work of a run as the API shows it.
 *
 * @param state {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param of 0 while unknown
 * @param perSecond on average so far, rounded to hundredths
 * @param remaining by what was done so far
 */
record WorkView(
    String work,
    String state,
    long done,
    long of,
    String unit,
    Optional<Integer> percent,
    Optional<Double> perSecond,
    Optional<Duration> remaining,
    String node,
    Instant begunAt,
    Instant beatAt,
    String text) {

  static WorkView of(WorkProgress work) {
    return new WorkView(
        work.work(),
        work.state().name().toLowerCase(Locale.ROOT),
        work.amount().done(),
        work.amount().of(),
        work.amount().unit(),
        work.amount().percent(),
        work.perSecond().map(rate -> Math.round(rate * 100) / 100.0),
        work.remaining(),
        work.node(),
        work.begunAt(),
        work.beatAt(),
        work.text());
  }
}
