package dev.repli.database.survey;

import java.util.List;

/**
 * What had to be looked for in the rows of application tables; each look is bounded in time.
 *
 * @param versioned tables with system versioning
 * @param late TIMESTAMP columns that hold what an older server cannot
 * @param migrations tables in which schema tools keep what they have applied
 * @param timeZones whether time zones have names here
 */
public record Contents(
    List<Versioned> versioned, List<Late> late, List<Migrations> migrations, boolean timeZones) {
  public Contents {
    versioned = List.copyOf(versioned);
    late = List.copyOf(late);
    migrations = List.copyOf(migrations);
  }

  /** Answer of a bounded look. */
  public enum Found {
    YES,
    NO,
    NOT_FINISHED
  }

  /**
   * A table with system versioning.
   *
   * @param current whether it shows any current row
   * @param endsIn2038 whether a row ends at the old end of time, 2038-01-19 03:14:07.999999
   * @param endsLater whether a row ends after it
   */
  public record Versioned(TableName name, Found current, Found endsIn2038, Found endsLater) {}

  /** A TIMESTAMP column, and whether it holds a time after 2038-01-19 03:14:07. */
  public record Late(TableName table, String column, Found found) {}

  /**
   * A schema tool's table.
   *
   * @param applied how many steps stand in it
   * @param unfinished steps that failed or are being applied
   */
  public record Migrations(TableName table, long applied, long unfinished) {}
}
