package dev.repli.plan.yaml;

import dev.repli.plan.CutoverRules;
import java.time.Duration;
import java.util.List;

/** Keys of a cutover. */
final class CutoverKeys {
  private static final Key<Duration> DRAIN =
      duration(
          "drain", "1s", "24h", "60s", "How long to wait for long writes on the source to end.");
  private static final Key<Duration> CLIENT_GRACE =
      duration(
          "clientGrace",
          "1s",
          "24h",
          "30s",
          "How long clients may stay on the old writer before their sessions are ended.");
  private static final Key<List<String>> TOLERATED =
      Key.withDefault(
          "toleratedClients",
          new Items<>(Texts.line(80), 0),
          CutoverRules.DEFAULT.toleratedClients(),
          "Accounts that may stay connected to the old writer, as those of health checks.");
  private static final Key<Duration> PROOF_AGE =
      duration(
          "proofAge",
          "10s",
          "24h",
          "10m",
          "A proof of the way back older than this locks the approval.");
  private static final Key<Duration> WATCH =
      duration("watch", "1s", "90d", "24h", "How long the cutover is watched.");
  private static final Key<Duration> LOOK_EVERY =
      duration("lookEvery", "1s", "24h", "15m", "Time between two looks of the watch.");

  static final Block<CutoverRules> CUTOVER =
      Block.of(
          List.of(DRAIN, CLIENT_GRACE, TOLERATED, PROOF_AGE, WATCH, LOOK_EVERY),
          values ->
              new CutoverRules(
                  values.get(DRAIN),
                  values.get(CLIENT_GRACE),
                  values.get(TOLERATED),
                  values.get(PROOF_AGE),
                  values.get(WATCH),
                  values.get(LOOK_EVERY)));

  private CutoverKeys() {}

  private static Key<Duration> duration(
      String name, String least, String most, String fallback, String description) {
    return Key.withDefault(name, Durations.between(least, most), fallback, description);
  }
}
