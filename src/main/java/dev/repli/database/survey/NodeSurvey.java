package dev.repli.database.survey;

import dev.repli.plan.Node;
import java.util.List;

/** One node, read once. */
public record NodeSurvey(
    Node node,
    Reading<Server> server,
    Reading<List<Channel>> channels,
    Reading<History> history,
    Reading<Work> work,
    Reading<Tables> tables,
    Reading<Programs> programs,
    Reading<Accounts> accounts,
    Reading<Locks> locks,
    Reading<Security> security,
    Reading<Contents> contents,
    Reading<Disks> disks) {

  /** Nothing could be read, all for one reason. */
  public static NodeSurvey unreadable(Node node, String why) {
    return new NodeSurvey(
        node,
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why),
        Reading.unreadable(why));
  }

  /** For people. */
  public String label() {
    return node.label();
  }
}
