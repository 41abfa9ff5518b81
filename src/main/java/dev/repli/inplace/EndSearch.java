package dev.repli.inplace;

import dev.repli.delta.LoggedTransaction;
import dev.repli.inplace.UpgradedServer.BinaryLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks in the binary logs from the backup to the upgrade for the end that people want. Takes the
 * transactions in their order.
 */
final class EndSearch implements Predicate<LoggedTransaction> {
  private final WantedEnd wanted;
  private final InPlaceFacts facts;
  private String stands;
  private String all;
  private boolean found;
  private long before;
  private long after;
  private @Nullable LoggedTransaction first;
  private @Nullable LoggedTransaction lastBefore;
  private @Nullable LoggedTransaction last;

  /**
   * @param logs of the server, with their lengths
   */
  EndSearch(WantedEnd wanted, InPlaceFacts facts, List<BinaryLog> logs) {
    this.wanted = wanted;
    this.facts = facts;
    this.stands = facts.start().gtid();
    this.all = stands;
    if (wanted instanceof WantedEnd.At at) {
      requirePlace(at, logs);
    }
  }

  private void requirePlace(WantedEnd.At at, List<BinaryLog> logs) {
    if (!facts.oldLogs().contains(at.file())) {
      throw refused(
          "%s is not one of the binary logs from the backup to the upgrade, which are %s"
              .formatted(at.file(), String.join(", ", facts.oldLogs())));
    }
    if (at.file().equals(facts.start().file()) && at.offset() < facts.start().offset()) {
      throw refused(
          "%s:%d is before the backup, which stands at %s:%d"
              .formatted(at.file(), at.offset(), facts.start().file(), facts.start().offset()));
    }
    logs.stream()
        .filter(log -> log.name().equals(at.file()) && log.bytes() < at.offset())
        .forEach(
            log -> {
              throw refused(
                  "%s ends at %d, so nothing is at %d"
                      .formatted(log.name(), log.bytes(), at.offset()));
            });
  }

  /** Whether to go on: what the newer release wrote is not looked at. */
  @Override
  public boolean test(LoggedTransaction transaction) {
    if (!facts.oldLogs().contains(transaction.file())) {
      return false;
    }
    first = first == null ? transaction : first;
    last = transaction;
    all = Gtids.over(all, transaction.gtid());
    if (found || isBeyond(transaction)) {
      found = true;
      after++;
    } else {
      before++;
      lastBefore = transaction;
      stands = all;
      found = wanted instanceof WantedEnd.Through end && end.gtid().equals(transaction.gtid());
    }
    return true;
  }

  private boolean isBeyond(LoggedTransaction transaction) {
    if (wanted instanceof WantedEnd.Before limit) {
      return !transaction.written().isBefore(limit.time());
    }
    return wanted instanceof WantedEnd.At at && isBeyond(transaction, at);
  }

  private boolean isBeyond(LoggedTransaction transaction, WantedEnd.At at) {
    int order =
        Integer.compare(
            facts.oldLogs().indexOf(transaction.file()), facts.oldLogs().indexOf(at.file()));
    boolean inside =
        order == 0 && transaction.begins() < at.offset() && at.offset() < transaction.ends();
    if (inside) {
      throw refused(
          "%s:%d is inside transaction %s; choose %d, before it, or %d, after it"
              .formatted(
                  at.file(),
                  at.offset(),
                  transaction.gtid(),
                  transaction.begins(),
                  transaction.ends()));
    }
    return order > 0 || (order == 0 && transaction.begins() >= at.offset());
  }

  /**
   * After the last transaction.
   *
   * @throws InPlaceException when it is not between the backup and the upgrade
   */
  RecoveryEnd end() {
    if (!Gtids.same(all, facts.upgrade())) {
      throw new InPlaceException(
          "the binary logs from the backup lead to %s and not to the upgrade at %s; answer again, and see whether logs were purged"
              .formatted(all, facts.upgrade()));
    }
    if (wanted instanceof WantedEnd.Through through && !found) {
      throw refused(missing(through));
    }
    if (after == 0) {
      throw refused(
          "nothing was written between it and the upgrade; the last transaction before that is %s"
              .formatted(said(last)));
    }
    if (before == 0 && wanted instanceof WantedEnd.Before) {
      throw refused(
          "the first transaction after the backup is %s; to have the backup itself back, give its place %s:%d"
              .formatted(said(first), facts.start().file(), facts.start().offset()));
    }
    return new RecoveryEnd(
        Optional.ofNullable(lastBefore).map(LoggedTransaction::file).orElse(facts.start().file()),
        Optional.ofNullable(lastBefore).map(LoggedTransaction::ends).orElse(facts.start().offset()),
        stands,
        before,
        after);
  }

  private String missing(WantedEnd.Through through) {
    List<String> parts = new ArrayList<>(List.of(through.gtid() + " is not in the binary logs"));
    if (Gtids.between(facts.start().gtid(), through.gtid()) == 0) {
      parts.add(
          "the backup, which stands at %s (%s:%d), is later"
              .formatted(facts.start().gtid(), facts.start().file(), facts.start().offset()));
    } else if (Gtids.between(facts.upgrade(), through.gtid()) > 0) {
      parts.add("the upgrade at " + facts.upgrade() + " was before it");
    } else {
      parts.add("look for it with mariadb-binlog in " + String.join(", ", facts.oldLogs()));
    }
    return String.join("; ", parts);
  }

  private static String said(@Nullable LoggedTransaction transaction) {
    if (transaction == null) {
      return "none";
    }
    Instant written = transaction.written();
    return "%s of %s, up to %s:%d"
        .formatted(transaction.gtid(), written, transaction.file(), transaction.ends());
  }

  private static InPlaceException refused(String why) {
    return new InPlaceException(
        "the recovery cannot end there: "
            + why
            + ". Choose an end between the backup and the upgrade, or none for the upgrade");
  }
}
