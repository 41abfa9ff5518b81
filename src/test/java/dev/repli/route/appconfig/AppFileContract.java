package dev.repli.route.appconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repli.host.Hosts;
import dev.repli.plan.Endpoint;
import dev.repli.plan.HostAccess;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file on a machine, however that is reached. The "application" keeps the copy that it read when
 * it was last told to reload.
 */
abstract class AppFileContract extends RouteContract {
  private static final String TEXT =
      "NAME=caf\u00e9 \t\r\n# DB_HOST=db1.example.old\nDB_HOST=db1.example  # writer\n"
          + "DB_PASSWORD=hunter2";

  private Path folder;
  private Path file;
  private Path loaded;

  protected abstract Hosts hosts();

  protected abstract HostAccess access();

  @BeforeEach
  void install(@TempDir Path temporary) throws IOException {
    folder = temporary;
    file = folder.resolve("shop.env");
    loaded = folder.resolve("loaded.env");
    write(TEXT);
    Files.copy(file, loaded);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
  }

  @Override
  protected Route route() {
    return new AppFileRoute(
        hosts(), InstantSource.fixed(Instant.parse("2026-03-01T10:20:30.123Z")));
  }

  @Override
  protected RouteSpec spec() {
    return spec(file, "/bin/cp", file.toString(), loaded.toString());
  }

  private RouteSpec.AppFile spec(Path path, String... reload) {
    return new RouteSpec.AppFile(
        "shop",
        Optional.empty(),
        access(),
        path,
        "DB_HOST=db1.example",
        "DB_HOST=db2.example",
        Optional.empty(),
        List.of(reload),
        Duration.ofSeconds(5));
  }

  @Override
  protected RouteSpec unreachable() {
    return spec(folder.resolve("missing.env"));
  }

  @Override
  protected Plan plan() {
    return RoutePlans.plan(
        new Endpoint("db1.example", 3306), new Endpoint("db2.example", 3306), spec());
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

  private List<Path> beside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().contains(".repli-")).sorted().toList();
    }
  }

  @Test
  void changesNothingButTheAddressAndGivesTheOldFileBack() throws IOException {
    List<String> outcomes = new ArrayList<>();
    try (RouteSession session =
        route().connect(spec(), plan(), (route, command, took, said) -> outcomes.add(said))) {
      session.routeTo(Node.Role.TARGET);
      assertThat(content()).isEqualTo(TEXT.replace("=db1.example  ", "=db2.example  "));
      Path kept = folder.resolve("shop.env.repli-20260301T102030123Z");
      assertThat(beside()).containsExactly(kept);
      assertThat(Files.readString(kept, StandardCharsets.ISO_8859_1)).isEqualTo(TEXT);
      assertThat(outcomes).containsExactly("ok, the old one is " + kept.getFileName(), "ok");

      session.routeTo(Node.Role.SOURCE);
      assertThat(content()).isEqualTo(TEXT);
      assertThat(beside()).hasSize(2);
    }
  }

  @Test
  void keepsOwnerAndPermissions() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    String owner = Files.getOwner(file).getName();
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(Files.getOwner(file).getName()).isEqualTo(owner);
  }

  @Test
  void leavesTheFileAloneWhenItCannotBeGivenToItsOwner() throws IOException {
    RouteSpec.AppFile plain = spec(file);
    RouteSpec strange =
        new RouteSpec.AppFile(
            plain.name(),
            plain.endpoint(),
            plain.access(),
            file,
            plain.sourceText(),
            plain.targetText(),
            Optional.of("nosuchuser:nosuchgroup"),
            List.of(),
            plain.reloadTimeout());
    try (RouteSession session = open(strange)) {
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("give ")
          .hasMessageContaining(" to nosuchuser:nosuchgroup");
    }
    assertThat(content()).isEqualTo(TEXT);
    assertThat(beside()).isEmpty();
  }

  @Test
  void editsTheFileBehindASymbolicLinkAndKeepsTheLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("current"), file);
    try (RouteSession session = open(spec(link))) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(link).isSymbolicLink();
    assertThat(content()).contains("DB_HOST=db2.example  ");
  }

  @Test
  void goesOnAfterAKillAtAnyPoint() throws IOException {
    // killed while the new content was written
    Files.writeString(folder.resolve(".shop.env.repli-new"), "half a fi");
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(folder.resolve(".shop.env.repli-new")).doesNotExist();
    assertThat(content()).isEqualTo(TEXT.replace("=db1.example  ", "=db2.example  "));

    // killed behind the edit, before the reload
    write(TEXT);
    Files.deleteIfExists(loaded);
    Files.copy(file, loaded);
    write(TEXT.replace("=db1.example  ", "=db2.example  "));
    assertThat(whoAnswers()).isEqualTo(Node.Role.SOURCE);
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    assertThat(beside()).hasSize(1);
  }

  @Test
  void saysWhatStandsThereInsteadOfTheAddress() throws IOException {
    write(TEXT.replace("=db1.example  # writer", "=db9.example"));
    try (RouteSession session = connect()) {
      assertThat(session.look().writer()).isEmpty();
      assertThat(session.look().detail())
          .contains("it has 'DB_HOST=db1.example' 0 times and 'DB_HOST=db2.example' 0 times")
          .contains("it says '# DB_HOST=db1.example.old', 'DB_HOST=db9.example'")
          .doesNotContain("hunter2");
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("db9.example");
    }
    assertThat(beside()).isEmpty();

    String twice = TEXT + "\nDB_HOST=db1.example";
    write(twice);
    try (RouteSession session = connect()) {
      assertThat(session.look().writer()).isEmpty();
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .hasMessageContaining("'DB_HOST=db1.example' 2 times");
    }
    assertThat(content()).isEqualTo(twice);
  }

  @Test
  void failsWhenTheReloadFailsAndCanBeRepeated() throws IOException {
    RouteSpec failing = spec(file, "/bin/cp", "/no/such/password=hunter2", "/tmp/never");
    try (RouteSession session = open(failing)) {
      assertThatThrownBy(() -> session.routeTo(Node.Role.TARGET))
          .isInstanceOf(RouteException.class)
          .hasMessageContaining("it ended with status 1")
          .hasMessageNotContaining("hunter2");
    }
    try (RouteSession session = connect()) {
      session.routeTo(Node.Role.TARGET);
    }
    assertThat(whoAnswers()).isEqualTo(Node.Role.TARGET);
    assertThat(beside()).hasSize(1);
  }
}
