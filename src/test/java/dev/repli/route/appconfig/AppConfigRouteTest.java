package dev.repli.route.appconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.plan.Endpoint;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import dev.repli.plan.RouteSpec;
import dev.repli.route.ActLog;
import dev.repli.route.Route;
import dev.repli.route.RouteContract;
import dev.repli.route.RouteException;
import dev.repli.route.RoutePlans;
import dev.repli.route.RouteSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The "application" keeps the copy of the file that it read when it was last told to reload. */
class AppConfigRouteTest extends RouteContract {
  private static final Endpoint SOURCE = new Endpoint("db1.example", 3306);
  private static final Endpoint TARGET = new Endpoint("db2.example", 3307);
  private static final String TEXT =
      """
      # database.host=old.example
      name = caf\u00e9 \t
      database.host=db1.example  # the writer
      database.port = 3306\r
      password=hunter2""";

  private Path folder;
  private Path file;
  private Path loaded;

  @BeforeEach
  void install(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = folder.resolve("app.properties");
    loaded = folder.resolve("loaded.properties");
    Files.writeString(file, TEXT, StandardCharsets.ISO_8859_1);
    Files.copy(file, loaded);
  }

  @Override
  protected Route route() {
    return new AppConfigRoute(InstantSource.fixed(Instant.parse("2026-03-01T10:20:30.123Z")));
  }

  @Override
  protected RouteSpec spec() {
    return spec(file, "cp", file.toString(), loaded.toString());
  }

  private static RouteSpec spec(Path file, String... reload) {
    return new RouteSpec.AppConfig(
        "app",
        Optional.empty(),
        file,
        "database.host",
        "database.port",
        List.of(reload),
        Duration.ofSeconds(5));
  }

  @Override
  protected RouteSpec unreachable() {
    return spec(folder.resolve("missing.properties"), "true");
  }

  @Override
  protected Plan plan() {
    return RoutePlans.plan(SOURCE, TARGET, spec());
  }

  @Override
  protected Node.Role whoAnswers() {
    try {
      return Files.readString(loaded, StandardCharsets.ISO_8859_1).contains("=db1.example ")
          ? Node.Role.SOURCE
          : Node.Role.TARGET;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Optional<Client> comeAndStay() {
    return Optional.empty();
  }

  private RouteSession open(RouteSpec spec) {
    return route().connect(spec, plan(), ActLog.NONE);
  }

  private String content() throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().contains(".repli-")).sorted().toList();
    }
  }

  @Test
  void changesNothingButTheTwoValues() throws IOException {
    connect().routeTo(Node.Role.TARGET);
    assertThat(content())
        .isEqualTo(
            TEXT.replace("=db1.example", "=db2.example").replace("port = 3306", "port = 3307"));
  }

  @Test
  void keepsTheOldFileWithTheTimeInItsName() throws IOException {
    connect().routeTo(Node.Role.TARGET);
    assertThat(kept())
        .singleElement()
        .isEqualTo(folder.resolve("app.properties.repli-20260301T102030123Z"));
    assertThat(Files.readString(kept().get(0), StandardCharsets.ISO_8859_1)).isEqualTo(TEXT);
  }

  @Test
  void keepsEachOldFileEvenWithinOneMillisecond() throws IOException {
    connect().routeTo(Node.Role.TARGET);
    connect().routeTo(Node.Role.SOURCE);
    assertThat(kept()).hasSize(2);
    assertThat(content()).isEqualTo(TEXT);
  }

  @Test
  void keepsOwnerAndPermissions() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    connect().routeTo(Node.Role.TARGET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(Files.getOwner(file)).isEqualTo(Files.getOwner(folder));
  }

  @Test
  void editsTheFileBehindASymbolicLinkAndKeepsTheLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("current"), file);
    try (RouteSession session = open(spec(link))) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(link).isSymbolicLink();
    assertThat(content()).contains("=db2.example");
  }

  @Test
  void clearsWhatACrashLeftBehind() throws IOException {
    Path left = Files.writeString(folder.resolve(".app.properties.repli-new"), "half a fi");
    connect().routeTo(Node.Role.TARGET);
    assertThat(left).doesNotExist();
    assertThat(content()).contains("=db2.example");
  }

  @Test
  void reloadsAgainWhenTheFileIsRightButTheApplicationWasNotTold() throws IOException {
    Files.writeString(
        file,
        TEXT.replace("=db1.example", "=db2.example").replace("port = 3306", "port = 3307"),
        StandardCharsets.ISO_8859_1);
    assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE);
    connect().routeTo(Node.Role.TARGET);
    assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    assertThat(kept()).isEmpty();
  }

  @Test
  void pointsToNobodyWhenTheFileNamesAnotherServer() throws IOException {
    Files.writeString(file, TEXT.replace("3306", "9999"), StandardCharsets.ISO_8859_1);
    try (RouteSession session = connect()) {
      assertThat(session.look().writer()).isEmpty();
      assertThat(session.look().detail()).contains("db1.example:9999");
    }
  }

  @Test
  void refusesAFileWithoutTheKeyOrWithTwo() throws IOException {
    Files.writeString(file, "database.port=3306\n");
    assertThatThrownBy(() -> open(spec()))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("app.properties: key 'database.host' is missing");
    Files.writeString(file, TEXT + "\ndatabase.host=db1.example\n");
    assertThatThrownBy(() -> open(spec()))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("key 'database.host' stands 2 times")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void failsWhenTheReloadFailsAndCanBeRepeated() throws IOException {
    RouteSpec failing = spec(file, "sh", "-c", "echo password=hunter2 no such unit; exit 3");
    try (RouteSession session = open(failing)) {
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("ended with status 3")
          .hasMessageContaining("no such unit")
          .hasMessageNotContaining("hunter2");
    }
    connect().routeTo(Node.Role.TARGET);
    assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    assertThat(kept()).hasSize(1);
  }

  @Test
  void leavesTheFileAloneWhenItsFolderCannotBeWritten() throws IOException {
    // also for root: a folder stands where the new file has to be written
    Files.createDirectories(folder.resolve(".app.properties.repli-new/in-the-way"));
    try (RouteSession session = connect()) {
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("route app: edit ");
    }
    assertThat(content()).isEqualTo(TEXT);
    assertThat(kept()).hasSize(1);
  }
}
