package dev.repli.certificate;

import static dev.repli.rollback.Finding.bad;
import static dev.repli.rollback.Finding.good;
import static dev.repli.rollback.Finding.note;

import dev.repli.plan.Node;
import dev.repli.rollback.Finding;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the source's version understands what the target's version writes. */
final class VersionProof implements Proof {
  private static final Pattern RELEASE = Pattern.compile("^(\\d+\\.\\d+)");

  /** Newer target, older source: run with rows of every type, and nothing differed. */
  private static final List<String> MEASURED =
      List.of("11.8 to 10.11", "11.8 to 11.4", "11.4 to 10.11");

  @Override
  public List<Finding> inspect(Situation now) {
    String source = now.source().look().version();
    String target = now.target().look().version();
    String what = "the source applies what the target writes";
    String where = "target " + target + " to source " + source;
    Node.Kind from = now.target().node().kind();
    Node.Kind to = now.source().node().kind();
    if (now.streamsBack()) {
      return List.of(
          good(what, where, "by Repli's own stream: these servers cannot replicate back"));
    }
    if (from != to) {
      return List.of(
          bad(
              what,
              where,
              "not between " + from + " and " + to + ": the way back needs Repli's own stream"));
    }
    return List.of(judge(what, where, release(target), release(source)));
  }

  private static Finding judge(String what, String where, String from, String to) {
    if (from.equals(to)) {
      return good(what, where, "same release");
    }
    if (MEASURED.contains(from + " to " + to)) {
      return good(what, where, "this pair was measured");
    }
    return note(what, where, "this pair was not measured: canary and comparison have to prove it");
  }

  private static String release(String version) {
    Matcher matcher = RELEASE.matcher(version);
    return matcher.find() ? matcher.group(1) : version;
  }
}
