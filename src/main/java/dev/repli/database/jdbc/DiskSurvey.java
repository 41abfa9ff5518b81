package dev.repli.database.jdbc;

import dev.repli.database.survey.Disks;
import dev.repli.database.survey.Disks.Disk;
import java.util.List;

/**
 * MariaDB tells of disks by a plugin that is there but not installed, and to accounts with FILE.
 */
public final class DiskSurvey {
  private static final String DOING = "looking at disks";
  private static final int KILOBYTE = 1024;

  private DiskSurvey() {}

  public static Disks read(SqlLink link) {
    boolean installed =
        link.text(
                DOING,
                "SELECT COUNT(*) FROM information_schema.plugins WHERE plugin_name = 'DISKS'"
                    + " AND plugin_status = 'ACTIVE'")
            .filter("1"::equals)
            .isPresent();
    if (!installed) {
      return Disks.unknown("the plugin is not installed: INSTALL SONAME 'disks'");
    }
    List<Disk> all =
        link.rows(
            DOING,
            "SELECT path, total, available FROM information_schema.disks",
            row ->
                new Disk(row.getString(1), row.getLong(2) * KILOBYTE, row.getLong(3) * KILOBYTE));
    return all.isEmpty()
        ? Disks.unknown("Repli's account may not see them: GRANT FILE ON *.* TO it")
        : new Disks(all, "");
  }
}
