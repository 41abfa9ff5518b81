package dev.repli.replication.copy;

import dev.repli.database.Position;
import dev.repli.replication.CopyMethod;
import dev.repli.run.RunKey;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a copy is.
 *
 * @param workId names the files of one attempt
 * @param loadBegun whether the target's schemas are ours to replace
 * @param bytes in all; 0 while unknown
 * @param start position of the source at which the copy was made
 * @param failure empty while nothing went wrong
 * @param owner the Repli that works at it
 */
record CopyRecord(
    RunKey run,
    CopyMethod method,
    Phase phase,
    String workId,
    boolean loadBegun,
    int partsDone,
    int parts,
    long bytesDone,
    long bytes,
    Optional<Position> start,
    String failure,
    String owner,
    Instant beatAt) {

  /** What is being done. */
  enum Phase {
    DUMP,
    LOAD,
    BACKUP,
    PREPARE,
    REPLACE,
    DONE
  }

  static CopyRecord begin(RunKey run, CopyMethod method, String owner, Instant now) {
    Phase first = method == CopyMethod.DUMP ? Phase.DUMP : Phase.BACKUP;
    return new CopyRecord(
        run, method, first, "", false, 0, 0, 0, 0, Optional.empty(), "", owner, now);
  }

  CopyRecord at(Phase next, String id) {
    return new CopyRecord(run, method, next, id, loadBegun, 0, 0, 0, 0, start, "", owner, beatAt);
  }

  CopyRecord from(Position position) {
    return new CopyRecord(
        run,
        method,
        phase,
        workId,
        loadBegun,
        partsDone,
        parts,
        bytesDone,
        bytes,
        Optional.of(position),
        failure,
        owner,
        beatAt);
  }

  CopyRecord loading() {
    return new CopyRecord(
        run, method, phase, workId, true, partsDone, parts, bytesDone, bytes, start, failure, owner,
        beatAt);
  }

  CopyRecord progress(int done, int of, long doneBytes, long ofBytes) {
    return new CopyRecord(
        run, method, phase, workId, loadBegun, done, of, doneBytes, ofBytes, start, failure, owner,
        beatAt);
  }

  CopyRecord failed(String why) {
    return new CopyRecord(
        run, method, phase, workId, loadBegun, partsDone, parts, bytesDone, bytes, start, why,
        owner, beatAt);
  }

  CopyRecord owned(String by, Instant now) {
    return new CopyRecord(
        run, method, phase, workId, loadBegun, partsDone, parts, bytesDone, bytes, start, failure,
        by, now);
  }

  /** For people. */
  String words() {
    String amount = bytesDone == 0 && bytes == 0 ? "" : ", " + mega(bytesDone) + total();
    return switch (phase) {
      case DUMP -> "dumping the source" + amount;
      case LOAD -> "loading the target: part %d of %d%s".formatted(partsDone, parts, amount);
      case BACKUP -> "backing up the source" + amount;
      case PREPARE -> "preparing the backup";
      case REPLACE -> "replacing the target's data directory";
      case DONE -> "copied" + amount;
    };
  }

  private String total() {
    return bytes == 0 ? "" : " of " + mega(bytes);
  }

  private static String mega(long count) {
    return String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }
}
