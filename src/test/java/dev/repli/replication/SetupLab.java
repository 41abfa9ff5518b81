package dev.repli.replication;

import dev.repli.engine.OnePlan;
import dev.repli.journal.Evidence;
import dev.repli.journal.InMemoryJournal;
import dev.repli.journal.Journal;
import dev.repli.journal.JournalEntry;
import dev.repli.plan.Account;
import dev.repli.plan.Endpoint;
import dev.repli.plan.InitialCopy;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import dev.repli.run.RunKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.h2.jdbcx.JdbcDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.PlatformTransactionManager;

/** A Repli that can set up replication: its own database in a folder, its journal in memory. */
final class SetupLab implements AutoCloseable {
  static final RunKey RUN = new RunKey("setup-1");
  final Journal journal;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /**
   * @param folder of this Repli; a second one on it finds what the first has written
   * @param passwords by account
   * @param fault put around the servers that act
   */
  SetupLab(
      Path folder,
      Map<String, String> passwords,
      Journal journal,
      long partBytes,
      UnaryOperator<SetupServers> fault) {
    this.journal = journal;
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(
        "jdbc:h2:file:" + folder.resolve("repli") + ";WRITE_DELAY=0;MAX_COMPACT_TIME=0");
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "lab",
                Map.of(
                    "repli.data-dir",
                    folder.toString(),
                    "repli.copy.part-bytes",
                    partBytes,
                    "repli.copy.dead-after",
                    "3s")));
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
    context.registerBean(
        PlatformTransactionManager.class, () -> new DataSourceTransactionManager(database));
    context.registerBean(Journal.class, () -> journal);
    context.registerBean(Secrets.class, () -> ref -> password(passwords, ref));
    context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    context.getBeanFactory().addBeanPostProcessor(around(fault));
    createTable(database);
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
    scanner.addExcludeFilter(
        new RegexPatternTypeFilter(java.util.regex.Pattern.compile(".*\\.process\\..*")));
    scanner.scan(
        "dev.repli.replication",
        "dev.repli.guardrail",
        "dev.repli.database",
        "dev.repli.host",
        "dev.repli.route");
    context.refresh();
  }

  SetupLab(Path folder, Map<String, String> passwords) {
    this(folder, passwords, new InMemoryJournal(), 32 << 20, servers -> servers);
  }

  private static BeanPostProcessor around(UnaryOperator<SetupServers> fault) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals("actingServers") ? fault.apply((SetupServers) bean) : bean;
      }
    };
  }

  private static void createTable(JdbcDataSource database) {
    JdbcClient jdbc = JdbcClient.create(database);
    long there =
        jdbc.sql("select count(*) from information_schema.tables where table_name = 'REPLI_COPY'")
            .query(Long.class)
            .single();
    if (there == 0) {
      new ResourceDatabasePopulator(new ClassPathResource("db/migration/h2/V630__initial_copy.sql"))
          .execute(database);
    }
  }

  private static String password(Map<String, String> passwords, SecretRef reference) {
    return Objects.requireNonNull(passwords.get(reference.value().substring(4)));
  }

  ReplicationSetup setup() {
    return context.getBean(ReplicationSetup.class);
  }

  static Account account(String user) {
    return new Account(user, new SecretRef("env:" + user));
  }

  static Node node(Node.Role role, Node.Kind kind, int port, Node.Tls tls) {
    return new Node(
        role,
        kind,
        new Endpoint("127.0.0.1", port),
        account("repli"),
        account("repl"),
        tls,
        Optional.empty());
  }

  static Plan plan(Node source, Node target, InitialCopy copy) {
    Plan plan = OnePlan.plan(Duration.ofSeconds(10), "h");
    return new Plan(
        plan.id(),
        plan.title(),
        plan.locale(),
        source,
        target,
        plan.routes(),
        plan.rollbackWindow(),
        plan.budgets(),
        plan.blockers(),
        plan.probe(),
        plan.approvals(),
        plan.steps(),
        plan.cutover(),
        plan.checks(),
        copy,
        plan.people(),
        plan.guardrails(),
        plan.reads(),
        "h");
  }

  static InitialCopy copy(
      InitialCopy.Method method, Path tools, Optional<InitialCopy.Files> files) {
    Path mysql = Path.of(cache(), "servers/mysql-9.7/w").toAbsolutePath();
    return new InitialCopy(
        method,
        Optional.of(account("repli_copy")),
        tools,
        mysql,
        Optional.empty(),
        List.of(),
        Duration.ofHours(1),
        files);
  }

  static Path tools(String server) {
    return Path.of(cache(), "servers", server, "w").toAbsolutePath();
  }

  static String cache() {
    return Optional.ofNullable(System.getenv("REPLI_CACHE")).orElse(".cache");
  }

  /** Statements that create the copying account. */
  static List<String> copier(String file, String password) {
    try (InputStream in = SetupLab.class.getResourceAsStream("/accounts/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replace("${copy}", password)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .map(line -> line.replaceFirst(";$", ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends Evidence> List<T> evidence(Class<T> type) {
    return journal.read(RUN).stream()
        .map(JournalEntry::evidence)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** Of the copy that this or an earlier Repli has made. */
  int parts() {
    return context
        .getBean(JdbcClient.class)
        .sql("select parts from repli_copy where run_key = ?")
        .param(RUN.value())
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    context.close();
  }
}
