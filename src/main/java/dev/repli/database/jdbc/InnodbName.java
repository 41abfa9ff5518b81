package dev.repli.database.jdbc;

import dev.repli.database.survey.TableName;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of tables as InnoDB spells them: {@code schema/table#P#part}, other letters as @hhhh. */
public final class InnodbName {
  private static final Pattern LETTER = Pattern.compile("@([0-9a-f]{4})");
  private static final Set<String> NOT_OURS = Set.of("mysql", "sys", "repli_probe");

  private InnodbName() {}

  /** Empty for what is no table of an application, and for spellings that are not known here. */
  public static Optional<TableName> read(String name) {
    return spelled(name)
        .map(spelled -> new TableName(decoded(spelled.schema()), decoded(spelled.name())))
        .filter(read -> !read.schema().contains("@") && !read.name().contains("@"));
  }

  /** The table's name with other letters as InnoDB spells them; empty for no application's. */
  public static Optional<TableName> spelled(String name) {
    int slash = name.indexOf('/');
    if (slash < 1 || NOT_OURS.contains(name.substring(0, slash))) {
      return Optional.empty();
    }
    String table = name.substring(slash + 1).replaceFirst("(?i)#(p|sp)#.*", "");
    boolean internal = table.startsWith("#") || table.toUpperCase(Locale.ROOT).startsWith("FTS_0");
    return internal
        ? Optional.empty()
        : Optional.of(new TableName(name.substring(0, slash), table));
  }

  private static String decoded(String text) {
    Matcher matcher = LETTER.matcher(text);
    return matcher.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }
}
