package dev.repli.inplace;

import dev.repli.rollback.Finding;

/**
 * What has to hold before a rollback in place may begin, and how to mend what does not. Asked by
 * the meter, and by the rollback before it changes anything; each blocks.
 */
enum Needed {
  UPGRADED(
      "The server is of another release than the one that it goes back to",
      "a restore over a server that was never upgraded",
      "version of the server, previous.version of the plan",
      "nothing was upgraded here, or it was undone by hand: use another way back, or correct"
          + " previous.version in the plan"),
  DATA_DIRECTORY(
      "The server's data directory is the one in the plan",
      "a restore beside another server's data",
      "datadir of the server, machine.dataDirectory of the plan",
      "write the directory that the server uses into the plan (machine.dataDirectory)"),
  RENAMED(
      "The restored data can take the place of the data directory",
      "a swap that stops half-way",
      "links and mount points from the data directory on",
      "let the data directory be a directory, a link to one, or one mount point, with nothing mounted"
          + " within it"),
  LOGS_IN_DATA(
      "The binary logs are in the data directory",
      "writes that are not kept with the data of the newer release, and are missing afterwards",
      "log_bin_basename of the server",
      "let log_bin name a file in the data directory before the next upgrade; until then use"
          + " another way back"),
  ALL_IN_DATA(
      "Data, redo and undo logs are in the data directory",
      "a release before that starts on the redo log, or on tables, of the newer one",
      "innodb_data_home_dir, innodb_data_file_path, innodb_log_group_home_dir, innodb_undo_directory"
          + " and aria_log_dir_path of the server; *.isl in its databases",
      "let these options name the data directory and rebuild tables that have a DATA DIRECTORY"
          + " within it, before the next upgrade; until then use another way back"),
  SPACE(
      "Beside the data directory 2.2 times the data are free",
      "a restore that fills the disk of the server that still serves",
      "size of the data directory, free bytes of the file system of its folder",
      "free that much on the file system of the data directory, or make it larger; what is kept of"
          + " earlier runs can go once nobody needs it"),
  PROGRAMS(
      "The programs of the release before are on the machine",
      "a backup that only its own release can prepare, and nobody can start",
      "files in previous.tools, the program of previous.switchBack",
      "put the programs of the release before on the machine again, where previous.tools and"
          + " previous.switchBack of the plan look for them"),
  LOGS_TO_UPGRADE(
      "The binary logs show the moment of the upgrade",
      "a recovery that ends too early, or goes on into what the newer release wrote",
      "the binary logs' heads: each names the release that wrote it",
      "keep binary logs longer (binlog_expire_logs_seconds) from before the upgrade on; what is"
          + " purged can be copied back from a backup of the logs, else use another way back"),
  BACKUP(
      "A backup of this server was restored for real and is unchanged",
      "a backup that is damaged, of another server or of another release",
      "notes beside the backups in backups.directory, BINLOG_GTID_POS of the server; the rollback"
          + " itself also compares the backup's checksum",
      "let a backup of the release before be proved: POST /api/plans/{id}/backup-proof, runbook"
          + " 'Prove a backup' (docs/backups.md); after the upgrade only one of before it helps"),
  LOGS_SINCE_BACKUP(
      "Every binary log from the backup to the upgrade is there",
      "writes between the backup and the upgrade that do not come back",
      "SHOW BINARY LOGS from the backup's position on, the GTID at the upgrade",
      "take a later backup of before the upgrade whose binary logs are still there, or copy the"
          + " missing logs back");

  private final String title;
  private final String protectsFrom;
  private final String reads;
  private final String mend;

  Needed(String title, String protectsFrom, String reads, String mend) {
    this.title = title;
    this.protectsFrom = protectsFrom;
    this.reads = reads;
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

  /** For the page of guardrails. */
  String title() {
    return title;
  }

  String protectsFrom() {
    return protectsFrom;
  }

  String reads() {
    return reads;
  }

  String mend() {
    return mend;
  }
}
