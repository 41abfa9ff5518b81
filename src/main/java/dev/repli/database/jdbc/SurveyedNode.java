package dev.repli.database.jdbc;

import dev.repli.database.ActLog;
import dev.repli.database.NodeException;
import dev.repli.database.survey.NodeSurvey;
import dev.repli.database.survey.Reading;
import dev.repli.plan.Node;
import dev.repli.plan.Secrets;
import dev.repli.plan.Secrets.UnresolvedSecretException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Reads the sections of a node's survey, each on a connection of its own, all at the same time. */
public final class SurveyedNode {
  /** An answer that takes longer is none: guardrails are for people who wait. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);

  private final Connections connections;
  private final SurveyWords words;

  public SurveyedNode(Secrets secrets, SurveyWords words) {
    this.connections = new Connections(secrets);
    this.words = words;
  }

  public NodeSurvey read(Node node, Executor executor) {
    var server = section(node, executor, words.server());
    var channels = section(node, executor, words.channels());
    var history = section(node, executor, words.history());
    var work = section(node, executor, words.work());
    var tables = section(node, executor, words.tables());
    var programs = section(node, executor, words.programs());
    var accounts = section(node, executor, words.accounts());
    var locks = section(node, executor, LockSurvey::read);
    var security = section(node, executor, SecuritySurvey::read);
    var contents = section(node, executor, words.contents());
    var disks = section(node, executor, words.disks());
    return new NodeSurvey(
        node,
        server.join(),
        channels.join(),
        history.join(),
        work.join(),
        tables.join(),
        programs.join(),
        accounts.join(),
        locks.join(),
        security.join(),
        contents.join(),
        disks.join());
  }

  private <T> CompletableFuture<Reading<T>> section(
      Node node, Executor executor, Function<SqlLink, T> look) {
    return CompletableFuture.supplyAsync(() -> section(node, look), executor);
  }

  /** One section by itself. */
  public <T> Reading<T> section(Node node, Function<SqlLink, T> look) {
    try (SqlLink link = connections.open(node, ANSWER_LIMIT, ActLog.NONE)) {
      link.look("preparing a session", words.prepare());
      return Reading.of(look.apply(link));
    } catch (NodeException | UnresolvedSecretException e) {
      return Reading.unreadable(String.valueOf(e.getMessage()));
    }
  }
}
