package dev.repli.plan.yaml;

import dev.repli.plan.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servers that a JDBC address names. */
final class OwnDatabase {
  private static final Pattern URL =
      Pattern.compile("jdbc:(mariadb|mysql|postgresql)(?::[a-z0-9+]+)*://([^/?;]*).*");
  private static final Pattern LONG_FORM =
      Pattern.compile(
          "\\(\\s*host\\s*=\\s*([^)\\s]+)\\s*\\)(?:\\s*\\(\\s*port\\s*=\\s*(\\d+)\\s*\\))?");

  private OwnDatabase() {}

  /** Empty for a database without a server, such as H2 in a file. */
  static List<Endpoint> servers(String jdbcUrl) {
    Matcher url = URL.matcher(jdbcUrl.strip().toLowerCase(Locale.ROOT));
    if (!url.matches()) {
      return List.of();
    }
    int standard = url.group(1).equals("postgresql") ? 5432 : 3306;
    String hosts = url.group(2).substring(url.group(2).indexOf('@') + 1);
    List<Endpoint> servers = new ArrayList<>();
    Matcher form = LONG_FORM.matcher(hosts);
    while (form.find()) {
      int port = form.group(2) == null ? standard : Integer.parseInt(form.group(2));
      servers.add(new Endpoint(form.group(1), port));
    }
    if (servers.isEmpty()) {
      for (String host : hosts.split(",", -1)) {
        servers.add(server(host.strip(), standard));
      }
    }
    return List.copyOf(servers);
  }

  private static Endpoint server(String text, int standard) {
    Matcher parts = Pattern.compile("(\\[.*]|[^:]*)(?::(\\d{1,5}))?").matcher(text);
    if (!parts.matches()) {
      return new Endpoint(text, standard);
    }
    String host = parts.group(1).replace("[", "").replace("]", "");
    int port = parts.group(2) == null ? standard : Integer.parseInt(parts.group(2));
    return new Endpoint(host.isEmpty() ? "localhost" : host, port);
  }
}
