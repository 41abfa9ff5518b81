package dev.repli.plan.yaml;

import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.Entrance;
import dev.repli.plan.RouteSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys of a route, by its type. */
final class RouteKeys {
  static final Key<String> NAME =
      Key.required(
          "name",
          Texts.formed(
              "[a-z][a-z0-9-]{0,40}",
              "1 to 41 characters a-z, 0-9 and '-', starting with a letter",
              name -> name),
          "Name of the route, unique in the plan.");
  private static final Key<Integer> PORT =
      Key.required("port", Numbers.whole(1, 65535), "TCP port.");
  static final Key<Optional<Entrance>> ENDPOINT =
      Key.optional(
          "endpoint",
          NodeKeys.entrance(PORT),
          "Where applications connect; without it they connect to the server itself.");
  private static final Key<Optional<Entrance>> READ_ENTRANCE =
      Key.optional(
          "readEndpoint",
          NodeKeys.entrance(PORT),
          "Where applications connect for reads, when it is not the endpoint.");

  private static final Key<Endpoint> ADMIN =
      Key.required(
          "admin",
          NodeKeys.endpoint(
              Key.withDefault("port", Numbers.whole(1, 65535), 6032, "TCP port of the admin.")),
          "ProxySQL's admin interface.");
  private static final Key<Account> ADMIN_ACCOUNT =
      Key.required("adminAccount", NodeKeys.ACCOUNT, "Account of the admin interface.");
  private static final Key<Integer> WRITERS =
      Key.required("writerHostgroup", Numbers.whole(0, 99_999_999), "Hostgroup that writes.");
  private static final Key<Integer> READERS =
      Key.required("readerHostgroup", Numbers.whole(0, 99_999_999), "Hostgroup that reads.");
  private static final Key<Duration> DRAIN =
      Key.withDefault(
          "drain",
          Durations.between("1ms", "30s"),
          "500ms",
          "How long to wait for work in flight before its sessions are ended.");

  private static final String WORD = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}";
  private static final Key<String> RUNTIME_API =
      Key.required(
          "runtimeApi",
          Texts.formed(
              "unix:/[A-Za-z0-9_./-]{1,100}|[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}:[0-9]{1,5}",
              "unix:/path/to.sock or host:port",
              api -> api),
          "HAProxy's runtime API, level admin: unix:/path/to.sock or host:port.");
  private static final Key<String> BACKEND =
      Key.required("backend", word("backend"), "Name of the backend.");
  private static final Key<String> SOURCE_SERVER =
      Key.required("sourceServer", word("server"), "Name of the source in the backend.");
  private static final Key<String> TARGET_SERVER =
      Key.required("targetServer", word("server"), "Name of the target in the backend.");
  private static final Key<Optional<String>> READ_BACKEND =
      Key.optional(
          "readBackend",
          word("backend"),
          "Name of the backend whose weights spread reads; the target has the same name there.");

  static final Key<Path> FILE =
      Key.required("file", Addresses.file(), "Configuration file of the application.");
  private static final Key<String> HOST_KEY =
      Key.required("hostKey", word("key"), "Key in that file whose value is the host.");
  private static final Key<String> PORT_KEY =
      Key.required("portKey", word("key"), "Key in that file whose value is the port.");
  private static final Key<List<String>> RELOAD =
      Key.required(
          "reload",
          new Items<>(Texts.line(1000), 1),
          "Program and its arguments, run without a shell, that make the application read the"
              + " file.");
  private static final Key<Duration> RELOAD_TIMEOUT =
      Key.withDefault(
          "reloadTimeout",
          Durations.between("100ms", "5m"),
          "10s",
          "After this the reload command has failed.");

  static final Variants<RouteSpec> ROUTE = Variants.of(types());

  private RouteKeys() {}

  private static Map<String, Block<? extends RouteSpec>> types() {
    Map<String, Block<? extends RouteSpec>> types = new LinkedHashMap<>();
    types.put("proxysql", proxySql());
    types.put("haproxy", haproxy());
    types.put("app-config", appConfig());
    types.put("app-file", AppFileKeys.block());
    types.put("lab", lab());
    return types;
  }

  private static Block<RouteSpec.ProxySql> proxySql() {
    Key<String> type = type("proxysql", "ProxySQL through its admin interface.");
    return Block.of(
            List.of(
                type, NAME, ENDPOINT, READ_ENTRANCE, ADMIN, ADMIN_ACCOUNT, WRITERS, READERS, DRAIN),
            values ->
                new RouteSpec.ProxySql(
                    values.get(NAME),
                    values.get(ENDPOINT),
                    values.get(ADMIN),
                    values.get(ADMIN_ACCOUNT),
                    values.get(WRITERS),
                    values.get(READERS),
                    values.get(DRAIN),
                    values.get(READ_ENTRANCE)))
        .checked(values -> differ(values, WRITERS, READERS));
  }

  private static Block<RouteSpec.Haproxy> haproxy() {
    Key<String> type = type("haproxy", "HAProxy in TCP mode through its runtime API.");
    return Block.of(
            List.of(
                type,
                NAME,
                ENDPOINT,
                READ_ENTRANCE,
                RUNTIME_API,
                BACKEND,
                READ_BACKEND,
                SOURCE_SERVER,
                TARGET_SERVER),
            values ->
                new RouteSpec.Haproxy(
                    values.get(NAME),
                    values.get(ENDPOINT),
                    values.get(RUNTIME_API),
                    values.get(BACKEND),
                    values.get(SOURCE_SERVER),
                    values.get(TARGET_SERVER),
                    values.get(READ_BACKEND),
                    values.get(READ_ENTRANCE)))
        .checked(
            values -> {
              differ(values, SOURCE_SERVER, TARGET_SERVER);
              otherBackend(values);
            });
  }

  private static Block<RouteSpec.AppConfig> appConfig() {
    Key<String> type = type("app-config", "A configuration file and a reload command.");
    return Block.of(
            List.of(type, NAME, ENDPOINT, FILE, HOST_KEY, PORT_KEY, RELOAD, RELOAD_TIMEOUT),
            values ->
                new RouteSpec.AppConfig(
                    values.get(NAME),
                    values.get(ENDPOINT),
                    values.get(FILE),
                    values.get(HOST_KEY),
                    values.get(PORT_KEY),
                    values.get(RELOAD),
                    values.get(RELOAD_TIMEOUT)))
        .checked(values -> differ(values, HOST_KEY, PORT_KEY));
  }

  private static Block<RouteSpec.Lab> lab() {
    Key<String> type = type("lab", "The demo's in-process TCP route.");
    return Block.of(
        List.of(type, NAME, ENDPOINT),
        values -> new RouteSpec.Lab(values.get(NAME), values.get(ENDPOINT)));
  }

  static Key<String> type(String name, String description) {
    return Key.required(Variants.TYPE, Texts.oneOf(Map.of(name, name)), description);
  }

  private static Scalar<String> word(String of) {
    return Texts.formed(
        WORD, "the name of a " + of + ": letters, digits and _ . -, up to 64", word -> word);
  }

  private static void otherBackend(Values values) {
    if (values.find(BACKEND).isPresent()
        && values.find(READ_BACKEND).filter(values.find(BACKEND)::equals).isPresent()) {
      values.error(READ_BACKEND.name(), "is the same as backend", "two different values", "");
    }
  }

  private static <T> void differ(Values values, Key<T> one, Key<T> other) {
    if (values.find(one).isPresent() && values.find(one).equals(values.find(other))) {
      values.error(other.name(), "is the same as " + one.name(), "two different values", "");
    }
  }
}
