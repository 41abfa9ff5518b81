package dev.repli.database.jdbc;

import dev.repli.database.survey.Accounts;
import dev.repli.database.survey.Accounts.Account;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Accounts, what they may do, and a mark of their authentication data. */
public final class AccountSurvey {
  private static final Pattern GRANTEE = Pattern.compile("'(.*)'@'(.*)'");
  private static final byte[] MARK_KEY = new byte[32];

  /** All privileges with what they are on; in the same words on MariaDB and MySQL. */
  private static final List<String> PRIVILEGES =
      List.of(
          "SELECT grantee, '*.*', privilege_type FROM information_schema.user_privileges",
          "SELECT grantee, CONCAT(table_schema, '.*'), privilege_type"
              + " FROM information_schema.schema_privileges",
          "SELECT grantee, CONCAT(table_schema, '.', table_name), privilege_type"
              + " FROM information_schema.table_privileges",
          "SELECT grantee, CONCAT(table_schema, '.', table_name, '.', column_name), privilege_type"
              + " FROM information_schema.column_privileges",
          "SELECT CONCAT('''', user, '''@''', host, ''''), CONCAT(db, '.', routine_name),"
              + " proc_priv FROM mysql.procs_priv");

  static {
    new SecureRandom().nextBytes(MARK_KEY);
  }

  private final String accounts;
  private final String roles;

  /**
   * @param accounts query with user, host, whether it is a role, plugin, authentication data, what
   *     TLS it requires, whether it is locked, whether it needs a password and has none
   * @param roles query with user, host, role
   */
  public AccountSurvey(String accounts, String roles) {
    this.accounts = accounts;
    this.roles = roles;
  }

  public Accounts read(SqlLink link) {
    Map<String, Map<String, Set<String>>> grants = grants(link);
    Map<String, Set<String>> memberships = memberships(link);
    List<Account> all =
        link.rows(
            "listing accounts",
            accounts,
            row -> {
              String key = key(row.getString(1), row.getString(2));
              return new Account(
                  row.getString(1),
                  row.getString(2),
                  row.getBoolean(3),
                  row.getString(4),
                  mark(row.getString(5)),
                  row.getBoolean(8),
                  row.getString(6),
                  row.getBoolean(7),
                  grants.getOrDefault(key, Map.of()),
                  memberships.getOrDefault(key, Set.of()));
            });
    return new Accounts(
        all, Set.copyOf(link.rows("listing privileges", "SHOW PRIVILEGES", r -> r.getString(1))));
  }

  private static Map<String, Map<String, Set<String>>> grants(SqlLink link) {
    Map<String, Map<String, Set<String>>> grants = new HashMap<>();
    for (String query : PRIVILEGES) {
      var unused =
          link.rows(
              "listing privileges",
              query,
              row ->
                  grants
                      .computeIfAbsent(grantee(row.getString(1)), g -> new TreeMap<>())
                      .computeIfAbsent(row.getString(2), on -> new HashSet<>())
                      .add(row.getString(3)));
    }
    return grants;
  }

  private Map<String, Set<String>> memberships(SqlLink link) {
    Map<String, Set<String>> memberships = new HashMap<>();
    var unused =
        link.rows(
            "listing roles",
            roles,
            row ->
                memberships
                    .computeIfAbsent(key(row.getString(1), row.getString(2)), k -> new HashSet<>())
                    .add(row.getString(3)));
    return memberships;
  }

  private static String grantee(String text) {
    Matcher matcher = GRANTEE.matcher(text);
    return matcher.matches()
        ? key(matcher.group(1), matcher.group(2))
        : key(text.replaceAll("^'|'$", ""), "");
  }

  private static String key(String user, String host) {
    return user + "\0" + host;
  }

  private static String mark(String data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(MARK_KEY, "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal(data.getBytes(StandardCharsets.UTF_8)))
          .substring(0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
