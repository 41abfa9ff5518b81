package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.expect;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.risk;

import dev.repli.database.NodeSession;
import dev.repli.rollback.Finding;
import dev.repli.rollback.Words;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Both nodes keep their binary logs for as long as people may go back, and an hour more. */
final class RetentionProof implements Proof {
  private static final Duration MARGIN = Duration.ofHours(1);
  private static final BigDecimal SECONDS_A_DAY = new BigDecimal(86_400);

  @Override
  public List<Finding> inspect(Situation now) {
    Duration needed = now.plan().rollbackWindow().plus(MARGIN);
    List<Finding> findings = new ArrayList<>();
    findings.add(kept(now.source(), needed));
    findings.add(kept(now.target(), needed));
    bounded(now.source()).ifPresent(findings::add);
    bounded(now.target()).ifPresent(findings::add);
    return findings;
  }

  private static Finding kept(NodeSession node, Duration needed) {
    String what = "binary logs outlive the rollback window";
    String where = node.node().label();
    Map<String, String> variables = node.look().variables();
    if (!"ON".equals(variables.get("log_bin")) && !"1".equals(variables.get("log_bin"))) {
      return bad(what, where, "there is no binary log; set log_bin and restart");
    }
    Optional<Duration> retention = retention(variables);
    if (retention.isEmpty()) {
      return bad(what, where, "the server does not say how long it keeps them");
    }
    if (retention.get().isZero()) {
      return good(what, where, "kept until somebody removes them");
    }
    return expect(
        retention.get().compareTo(needed) >= 0,
        what,
        where,
        "kept %s, needed %s: SET GLOBAL binlog_expire_logs_seconds = %d"
            .formatted(Words.of(retention.get()), Words.of(needed), needed.toSeconds()));
  }

  private static Optional<Duration> retention(Map<String, String> variables) {
    return Optional.ofNullable(variables.get("binlog_expire_logs_seconds"))
        .map(seconds -> Duration.ofSeconds(new BigDecimal(seconds).longValue()))
        .or(
            () ->
                Optional.ofNullable(variables.get("expire_logs_days"))
                    .map(days -> new BigDecimal(days).multiply(SECONDS_A_DAY).longValue())
                    .map(Duration::ofSeconds));
  }

  /** A limit by size removes them earlier on a busy day. */
  private static Optional<Finding> bounded(NodeSession node) {
    return Optional.ofNullable(node.look().variables().get("max_binlog_total_size"))
        .filter(size -> !size.equals("0"))
        .map(
            size ->
                risk(
                    "binary logs are not cut by size",
                    node.node().label(),
                    "max_binlog_total_size = "
                        + size
                        + ": a busy day may remove them before the window ends"));
  }
}
