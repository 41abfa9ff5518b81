package dev.repli.delta.stream;

import dev.repli.database.Position;
import dev.repli.delta.imports.ImportCounts;
import dev.repli.delta.imports.ImportId;
import dev.repli.plan.PlanId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store with at most one stream. */
final class OneStream implements StreamStore {
  static final PlanId PLAN = new PlanId("shop");
  private Optional<KnownStream> known = Optional.empty();

  /** It is wanted and runs. */
  void is(String owner, Instant until) {
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
  public void want(StreamOrder order, Instant now) {
    known =
        Optional.of(
            new KnownStream(
                order,
                true,
                "",
                now,
                new StreamReport(
                    StreamReport.State.WAITING, Optional.empty(), now, ImportCounts.NONE, "")));
  }

  @Override
  public void stop(PlanId plan) {
    known.ifPresent(is -> change(false, is.owner(), is.until(), is.report()));
  }

  @Override
  public List<KnownStream> all() {
    return known.stream().toList();
  }

  @Override
  public Optional<KnownStream> find(PlanId plan) {
    return known;
  }

  @Override
  public boolean claim(PlanId plan, String owner, Instant now, Instant until) {
    KnownStream is = known.orElseThrow();
    boolean free = is.owner().isEmpty() || is.owner().equals(owner) || is.until().isBefore(now);
    if (free) {
      change(is.wanted(), owner, until, is.report());
    }
    return free;
  }

  @Override
  public void release(PlanId plan, String owner) {
    known
        .filter(is -> is.owner().equals(owner))
        .ifPresent(is -> change(is.wanted(), "", is.until(), is.report()));
  }

  @Override
  public void report(PlanId plan, String owner, StreamReport report) {
    known
        .filter(is -> is.owner().equals(owner))
        .ifPresent(is -> change(is.wanted(), is.owner(), is.until(), report));
  }
}
