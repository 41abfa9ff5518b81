package dev.repli.guardrail.schema;

import dev.repli.database.survey.Accounts;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
final class AccountsEqual implements Guardrail {
  private static final Set<String> NEWER = Set.of("SHOW CREATE ROUTINE", "USAGE");

  @Override
  public About about() {
    return About.blocks(
            Group.SCHEMA,
            "accounts-equal",
            "Users, roles, grants and passwords are the same on both nodes")
        .protectsFrom(
            "applications that cannot log in after the switch, or may do less or more"
                + " than before")
        .reads(
            "accounts with authentication, TLS requirement, roles and grants of both"
                + " nodes; a node's own accounts are left out: administrators, system accounts,"
                + " Repli's")
        .mend(
            "create or alter the account on the node where it differs, with SET"
                + " sql_log_bin = 0; SHOW GRANTS FOR it on the other one");
  }

  @Override
  public Verdict check(Situation situation) {
    Accounts source = situation.source().accounts().get();
    Accounts target = situation.target().accounts().get();
    boolean across = situation.source().node().kind() != situation.target().node().kind();
    Set<String> own = own(situation);
    Set<String> known = new HashSet<>();
    source.privilegesKnown().forEach(p -> known.add(p.toUpperCase(Locale.ROOT)));
    Set<String> both = new HashSet<>();
    target.privilegesKnown().forEach(p -> both.add(p.toUpperCase(Locale.ROOT)));
    both.retainAll(known);
    List<String> problems = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    Map<String, Accounts.Account> here = compared(source, own, names);
    Map<String, Accounts.Account> there = compared(target, own, names);
    for (String name : names) {
      Optional.ofNullable(difference(here.get(name), there.get(name), across ? Set.of() : both))
          .ifPresent(difference -> problems.add(name + " " + difference));
    }
    return Verdict.unless(problems, names.size() + " accounts and roles are equal");
  }

  private static Set<String> own(Situation situation) {
    Set<String> own = new HashSet<>(Set.of("mariadb.sys", "PUBLIC", "root", "mysql"));
    situation
        .both()
        .forEach(
            node ->
                own.addAll(
                    List.of(node.node().account().user(), node.node().replication().user())));
    own.add(situation.plan().probe().account().user());
    return own;
  }

  /** Without those that belong to one node: they may differ, and no application uses them. */
  private static Map<String, Accounts.Account> compared(
      Accounts accounts, Set<String> own, Set<String> names) {
    Map<String, Accounts.Account> compared = new TreeMap<>();
    for (Accounts.Account account : accounts.all()) {
      boolean ofServer = own.contains(account.user()) || account.user().startsWith("mysql.");
      boolean administrates = account.mayOnAll("SUPER") || account.mayOnAll("SYSTEM_USER");
      if (!ofServer && !administrates) {
        compared.put(account.label(), account);
        names.add(account.label());
      }
    }
    return compared;
  }

  /** Null when there is none. */
  private static @Nullable String difference(
      Accounts.@Nullable Account source, Accounts.@Nullable Account target, Set<String> known) {
    if (source == null || target == null) {
      return source == null ? "is missing on the source" : "is missing on the target";
    }
    if (!known.isEmpty() && !source.plugin().equals(target.plugin())) {
      return "authenticates by "
          + source.plugin()
          + " on the source, "
          + target.plugin()
          + " on the target";
    }
    if (!known.isEmpty() && !source.secretMark().equals(target.secretMark())) {
      return "has another password on the target";
    }
    if (!source.tls().equals(target.tls())) {
      return "requires TLS '"
          + source.tls()
          + "' on the source, '"
          + target.tls()
          + "' on the target";
    }
    if (source.locked() != target.locked()) {
      return "is locked on the " + (source.locked() ? "source" : "target") + " only";
    }
    if (!source.roles().equals(target.roles())) {
      return "has the roles "
          + source.roles()
          + " on the source, "
          + target.roles()
          + " on the target";
    }
    return known.isEmpty() ? null : grants(source, target, known);
  }

  /** Privileges that only one release knows come with ALL and are no difference. */
  private static @Nullable String grants(
      Accounts.Account source, Accounts.Account target, Set<String> known) {
    TreeSet<String> places = new TreeSet<>(source.grants().keySet());
    places.addAll(target.grants().keySet());
    for (String place : places) {
      TreeSet<String> here = new TreeSet<>(source.grants().getOrDefault(place, Set.of()));
      TreeSet<String> there = new TreeSet<>(target.grants().getOrDefault(place, Set.of()));
      TreeSet<String> more = new TreeSet<>(here);
      more.removeAll(there);
      there.removeAll(here);
      more.addAll(there);
      more.removeIf(
          privilege ->
              place.equals("*.*") ? !known.contains(privilege) : NEWER.contains(privilege));
      if (!more.isEmpty()) {
        return "differs on " + place + " in " + more;
      }
    }
    return null;
  }
}
