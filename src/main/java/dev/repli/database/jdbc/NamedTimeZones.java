package dev.repli.database.jdbc;

/** Whether CONVERT_TZ knows names. */
public final class NamedTimeZones {
  private NamedTimeZones() {}

  public static boolean there(SqlLink link) {
    return link.text("asking for a time zone", "SELECT CONVERT_TZ(NOW(), '+00:00', 'Europe/Paris')")
        .isPresent();
  }
}
