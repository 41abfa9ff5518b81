package dev.repli.guardrail.replication;

import dev.repli.database.survey.Channel;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import dev.repli.plan.Node;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
final class AuthenticationPlugin implements Guardrail {
  private static final int PLUGIN_ERROR = 2059;

  @Override
  public About about() {
    return About.blocks(
            Group.REPLICATION,
            "authentication-plugin",
            "The replica can log in where MySQL authenticates by caching_sha2_password")
        .protectsFrom(
            "error 2059: MariaDB looks for the client plugin in its plugin_dir, where it"
                + " is not installed by default")
        .reads(
            "plugin of the replication account on MySQL, last errors and state of the"
                + " channel, plugin_dir")
        .mend(
            "link caching_sha2_password.so (package libmariadb3, folder"
                + " libmariadb3/plugin) into plugin_dir of the MariaDB server, then START SLAVE");
  }

  @Override
  public Verdict check(Situation situation) {
    NodeSurvey writer = situation.writer();
    NodeSurvey next = situation.next();
    boolean across =
        writer.node().kind() == Node.Kind.MYSQL && next.node().kind() == Node.Kind.MARIADB;
    if (!across) {
      return Verdict.holds("no MariaDB replica of a MySQL server");
    }
    List<Channel> channels = next.channels().get();
    String where =
        "plugin_dir of "
            + next.label()
            + ": "
            + next.server().get().variable("plugin_dir").orElse("?");
    boolean failed = channels.stream().anyMatch(c -> c.ioErrorNumber() == PLUGIN_ERROR);
    if (failed) {
      return Verdict.fails(
          "error 2059, the client plugin is missing", where, channels.get(0).ioError());
    }
    boolean sha2 =
        writer.accounts().get().of(writer.node().replication().user()).stream()
            .anyMatch(account -> account.plugin().equals("caching_sha2_password"));
    boolean proved = channels.stream().anyMatch(Channel::receiving);
    return Verdict.when(
        !sha2 || proved,
        !sha2
            ? "the replication account does not use caching_sha2_password"
            : proved
                ? "the replica is connected"
                : "nothing proves that the replica has the plugin: it is not connected",
        where);
  }
}
