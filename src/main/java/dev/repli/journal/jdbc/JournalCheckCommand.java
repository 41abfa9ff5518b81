package dev.repli.journal.jdbc;

import dev.repli.command.Command;
import dev.repli.journal.Journal.Integrity;
import dev.repli.journal.JournalException;
import java.io.PrintStream;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * {@code journal-check [HASH…]}: recomputes every chain in the database that the settings name, and
 * looks whether the given hashes, copied from reports or earlier checks, still stand in it. Starts
 * neither engine nor web.
 */
public final class JournalCheckCommand implements Command {
  private final PrintStream out;
  private final String[] settings;

  public JournalCheckCommand() {
    this(System.out);
  }

  /** With settings as on the command line, {@code --name=value}. */
  JournalCheckCommand(PrintStream out, String... settings) {
    this.out = out;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "journal-check";
  }

  @Override
  public String summary() {
    return "journal-check [HASH...]  recompute the journal's chains; the hashes must stand in it";
  }

  @Override
  public int run(List<String> arguments) {
    try (ConfigurableApplicationContext context = context();
        JournalPool pool = JournalPool.existing(context.getBean(DataSourceProperties.class))) {
      return new JournalReport(pool, out).print(arguments);
    } catch (JournalException e) {
      out.println(e.getMessage());
      out.println(
          "The embedded database can be read by one program at a time: stop Repli first, or copy"
              + " its data directory and check the copy.");
      return 2;
    }
  }

  private ConfigurableApplicationContext context() {
    return new SpringApplicationBuilder(Settings.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .logStartupInfo(false)
        .properties("logging.level.root=off")
        .run(settings);
  }

  /** Only the settings of the database, nothing that connects by itself. */
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(DataSourceProperties.class)
  static class Settings {}

  /** What the command prints. */
  private record JournalReport(JournalPool pool, PrintStream out) {

    int print(List<String> hashes) {
      Integrity integrity = JdbcJournal.check(pool);
      if (integrity instanceof Integrity.Broken broken) {
        broken.findings().forEach(out::println);
        out.println("BROKEN: " + broken.findings().size() + " findings in the journal");
        return 1;
      }
      Integrity.Intact intact = (Integrity.Intact) integrity;
      List<String> missing =
          hashes.stream().filter(hash -> !JdbcJournal.stands(pool, hash)).toList();
      missing.forEach(hash -> out.println("no entry has the hash " + hash + ": it was removed"));
      out.println(
          "%s: %d runs, %d entries, head %s"
              .formatted(
                  missing.isEmpty() ? "INTACT" : "BROKEN",
                  intact.runs(),
                  intact.entries(),
                  intact.head()));
      return missing.isEmpty() ? 0 : 1;
    }
  }
}
