package dev.repli.rollback;

import dev.repli.database.NodeSession.Facts;
import dev.repli.journal.Evidence.Measured;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.run.RunKey;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which releases a run has seen on the nodes of its plan, as a fact of its messages. */
public final class NodeVersions {
  /** Between what a node is and what it runs, in what an assessment has found. */
  private static final String RUNS = ", version ";

  /** What a verification has found: the release alone. */
  private static final Pattern RELEASE = Pattern.compile("[0-9]+\\.[0-9]+[^ ,]*");

  private static final Pattern AFTER = Pattern.compile(Pattern.quote(RUNS) + "([^ ,]+)$");
  private final Journal journal;

  public NodeVersions(Journal journal) {
    this.journal = journal;
  }

  /** What an assessment says of a node, for example {@code writer, version 10.11.14-MariaDB}. */
  public static String state(Facts node) {
    return (node.readOnly() ? "read only" : "writer") + RUNS + node.version();
  }

  /** {@code versions}, for people; nothing when the run has not seen any. */
  public Map<String, String> facts(RunKey run, Plan plan) {
    Map<String, String> newest =
        journal.read(run).stream()
            .map(JournalEntry::evidence)
            .filter(Measured.class::isInstance)
            .map(Measured.class::cast)
            .flatMap(seen -> version(seen).stream().map(found -> Map.entry(seen.node(), found)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b));
    String all =
        Stream.of(plan.source(), plan.target())
            .map(Node::label)
            .filter(newest::containsKey)
            .map(label -> label + " " + newest.get(label))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? Map.of() : Map.of("versions", all);
  }

  private static Optional<String> version(Measured seen) {
    boolean verified = seen.what().equals("version") || seen.what().startsWith("is ");
    if (verified && RELEASE.matcher(seen.value()).matches()) {
      return Optional.of(seen.value());
    }
    Matcher assessed = AFTER.matcher(seen.value());
    return assessed.find() ? Optional.of(assessed.group(1)) : Optional.empty();
  }
}
