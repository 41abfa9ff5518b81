package dev.repli.database.jdbc;

import dev.repli.database.Position;

/**
 * What the same things of replication are called.
 *
 * @param status statement whose row tells the state
 * @param replica prefix of the columns about the threads
 * @param source prefix of the columns about the source
 * @param position variable with the end of the node's own history
 * @param waitFunction function of a position and seconds that answers 0 when the position is
 *     reached
 * @param fileWaitFunction function of a file, an offset and seconds that answers 0 or more when
 *     that is reached, -1 when not in time, NULL when no SQL thread runs
 * @param binlogStatus statement whose first two columns are file and offset of the binary log's end
 */
public record ReplicationWords(
    Position.Kind kind,
    String status,
    String replica,
    String source,
    String position,
    String waitFunction,
    String fileWaitFunction,
    String binlogStatus) {}
