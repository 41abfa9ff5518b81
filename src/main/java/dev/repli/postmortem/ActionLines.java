package dev.repli.postmortem;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads actions as people type them: one per line, {@code owner | 2027-01-31 | what}. */
public final class ActionLines {
  private static final int MOST = 20;
  private static final int LONGEST = 500;
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

  private ActionLines() {}

  /** What was read. */
  public sealed interface Read {
    /** All of them; none when nothing was typed. */
    record Actions(List<Action> actions) implements Read {
      public Actions {
        actions = List.copyOf(actions);
      }
    }

    /** Which line is wrong, and how. */
    record Wrong(String why) implements Read {}
  }

  /**
   * @param today no action is due before it
   */
  public static Read read(String text, LocalDate today) {
    List<Action> actions = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(any -> !any.isEmpty()).toList()) {
      int place = actions.size() + 1;
      String[] parts = line.split("\\|", 3);
      if (parts.length < 3) {
        return wrong(place, "has to be: owner | 2027-01-31 | what");
      }
      String owner = parts[0].strip();
      String what = parts[2].strip();
      if (!OWNER.matcher(owner).matches()) {
        return wrong(place, "has to begin with the name of a user");
      }
      if (what.isEmpty() || what.length() > LONGEST) {
        return wrong(place, "has to say what is done, in at most " + LONGEST + " characters");
      }
      try {
        LocalDate due = LocalDate.parse(parts[1].strip());
        if (due.isBefore(today)) {
          return wrong(place, "is due before today");
        }
        actions.add(new Action(place, owner, due, what, Action.State.OPEN));
      } catch (DateTimeException e) {
        return wrong(place, "needs a date like 2027-01-31 in the middle");
      }
    }
    return actions.size() > MOST
        ? new Read.Wrong("at most " + MOST + " actions; there are " + actions.size())
        : new Read.Actions(actions);
  }

  private static Read wrong(int place, String why) {
    return new Read.Wrong("action " + place + " " + why);
  }
}
