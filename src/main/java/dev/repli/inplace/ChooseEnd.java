package dev.repli.inplace;

import dev.repli.delta.TransactionLog;

/** Looks for the end that people chose, and remembers it. Changes nothing outside. */
final class ChooseEnd {
  /** What people typed. */
  private static final String END = "inPlaceEnd";

  private final TransactionLog log;

  ChooseEnd(TransactionLog log) {
    this.log = log;
  }

  /**
   * @throws RuntimeException when it cannot be; the message says what to do
   */
  void perform(Scene scene) {
    String typed = scene.order.fact(END).orElse("");
    WantedEnd.refusal(typed, scene.order.fact("inPlaceDelta").orElse(""))
        .ifPresent(
            why -> {
              throw new InPlaceException(why);
            });
    requireReadable(scene);
    String where = scene.at.node().label();
    WantedEnd wanted = WantedEnd.of(typed);
    scene.note(
        wanted instanceof WantedEnd.Upgrade
            ? RecoveryEnd.upgrade(where)
            : search(scene, wanted).milestone(where));
  }

  private static void requireReadable(Scene scene) {
    if (DeltaInPlace.givenUp(scene.order)) {
      return;
    }
    LogReading.newest(scene)
        .map(LogReading.Read::damage)
        .filter(damage -> !damage.isEmpty())
        .ifPresent(
            damage -> {
              throw new InPlaceException(
                  damage
                      + ". So what was written since the upgrade cannot be written again: give it"
                      + " up, or do not go back");
            });
  }

  private RecoveryEnd search(Scene scene, WantedEnd wanted) {
    InPlaceFacts facts = InPlaceFacts.read(scene.journal(), scene.run());
    try (UpgradedServer server = scene.server()) {
      EndSearch search = new EndSearch(wanted, facts, server.logs());
      long all = Gtids.between(facts.start().gtid(), facts.upgrade());
      Progress progress = new Progress(scene, all);
      log.read(
          scene.at.node(),
          facts.start().file(),
          facts.start().offset(),
          transaction -> {
            progress.oneMore();
            return search.test(transaction);
          });
      return search.end();
    }
  }

  /** Said, and asked whether anybody still wants to know, now and then only. */
  private static final class Progress {
    private static final long EVERY = 10_000;
    private final Scene scene;
    private final long all;
    private long read;

    Progress(Scene scene, long all) {
      this.scene = scene;
      this.all = all;
    }

    void oneMore() {
      read++;
      if (read % EVERY == 0) {
        scene.watch.mine();
        scene.watch.progress(read, all, "transactions");
      }
    }
  }
}
