package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The store with at most one stream, for several threads. */
public final class OneStream implements StreamStore {
  static final PlanId PLAN = new PlanId("shop");

  /** Every state that was reported. */
  final List<StreamReport.State> reported = new CopyOnWriteArrayList<>();

  private Optional<KnownStream> known = Optional.empty();

  /** It is wanted and runs. */
  synchronized void is(String owner, Instant until) {
    known =
        Optional.of(
            new KnownStream(
                new StreamOrder(
                    PLAN,
                    new ImportId("stream-1"),
                    new Position(Position.Kind.MARIADB_GTID, "0-2-1")),
                true,
                owner,
                until,
                new StreamReport(
                    StreamReport.State.RUNNING, Optional.empty(), until, ImportCounts.NONE, "")));
  }

  private void change(boolean wanted, String owner, Instant until, StreamReport report) {
    known = known.map(stream -> new KnownStream(stream.order(), wanted, owner, until, report));
  }

  @Override
  public synchronized void want(StreamOrder order, Instant now) {
    if (known.filter(is -> is.order().equals(order)).isPresent()) {
      known.ifPresent(is -> change(true, is.owner(), is.until(), waiting(now)));
      return;
    }
    known = Optional.of(new KnownStream(order, true, "", now, waiting(now)));
  }

  private static StreamReport waiting(Instant now) {
    return new StreamReport(
        StreamReport.State.WAITING, Optional.empty(), now, ImportCounts.NONE, "");
  }

  @Override
  public synchronized void stop(PlanId plan) {
    known.ifPresent(is -> change(false, is.owner(), is.until(), is.report()));
  }

  @Override
  public synchronized List<KnownStream> all() {
    return known.stream().toList();
  }

  @Override
  public synchronized Optional<KnownStream> find(PlanId plan) {
    return known;
  }

  @Override
  public synchronized boolean claim(PlanId plan, String owner, Instant now, Instant until) {
    KnownStream is = known.orElseThrow();
    boolean free = is.owner().isEmpty() || is.owner().equals(owner) || is.until().isBefore(now);
    if (free) {
      change(is.wanted(), owner, until, is.report());
    }
    return free;
  }

  @Override
  public synchronized void release(PlanId plan, String owner) {
    known
        .filter(is -> is.owner().equals(owner))
        .ifPresent(is -> change(is.wanted(), "", is.until(), is.report()));
  }

  @Override
  public synchronized void report(PlanId plan, String owner, StreamReport report) {
    reported.add(report.state());
    known
        .filter(is -> is.owner().equals(owner))
        .ifPresent(is -> change(is.wanted(), is.owner(), is.until(), report));
  }
}
