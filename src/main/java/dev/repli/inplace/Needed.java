package dev.repli.inplace;

import dev.repli.rollback.Finding;

/** What has to hold before a rollback in place may begin, and how to mend what does not. */
enum Needed {
  UPGRADED(
      "nothing was upgraded here, or it was undone by hand: use another way back, or correct"
          + " previous.version in the plan"),
  DATA_DIRECTORY("write the directory that the server uses into the plan (machine.dataDirectory)"),
  RENAMED(
      "a restored directory has to change places with it: let the data directory be a folder below"
          + " it, in the server's options and in the plan"),
  LOGS_IN_DATA(
      "let log_bin name a file in the data directory before the next upgrade; until then use"
          + " another way back"),
  SPACE(
      "free that much on the file system of the data directory, or make it larger; what is kept of"
          + " earlier runs (*.repli-kept-*) can go once nobody needs it"),
  PROGRAMS(
      "put the programs of the release before on the machine again, where previous.tools and"
          + " previous.switchBack of the plan look for them"),
  LOGS_TO_UPGRADE(
      "keep binary logs longer (binlog_expire_logs_seconds) from before the upgrade on; what is"
          + " purged can be copied back from a backup of the logs, else use another way back"),
  BACKUP(
      "let a backup of the release before be proved: POST /api/plans/{id}/backup-proof, runbook"
          + " 'Prove a backup' (docs/backups.md); after the upgrade only one of before it helps"),
  LOGS_SINCE_BACKUP(
      "take a later backup of before the upgrade whose binary logs are still there, or copy the"
          + " missing logs back");

  private final String mend;

  Needed(String mend) {
    this.mend = mend;
  }

  /**
   * @param what for people
   * @param where node, machine or path
   * @param found what was seen; how to mend it is added where it is bad
   */
  Finding look(boolean holds, String what, String where, String found) {
    return Finding.expect(holds, what, where, holds ? found : found + "; to mend it: " + mend);
  }
}
