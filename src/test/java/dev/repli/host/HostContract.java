package dev.repli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.repli.host.HostResult.Ending;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every host does; an adapter's test only supplies the adapter. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class HostContract {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String ODD = "a'b \"c\" $HOME `id` ; & | \\ * ~ é";
  @TempDir protected Path folder;

  @SuppressWarnings("NullAway.Init") // connected before each test
  private Host host;

  protected abstract Host connect();

  @BeforeEach
  void open() {
    host = connect();
  }

  @AfterEach
  void close() {
    host.close();
  }

  private static HostCommand looks(String... words) {
    return HostCommand.looks(LIMIT, List.of(words));
  }

  @Test
  void hasOutputErrorsAndExitStatusOfACommand() {
    HostResult good = host.run(looks("/bin/echo", "hello"));
    assertThat(good).isEqualTo(new HostResult(0, "hello\n", "", Ending.EXITED));
    HostResult bad = host.run(looks("/bin/ls", "/no/such"));
    assertThat(bad.good()).isFalse();
    assertThat(bad.exit()).isEqualTo(2);
    assertThat(bad.errors()).contains("/no/such");
  }

  @Test
  void handsEveryWordOverAsItIs() {
    assertThat(host.run(looks("/usr/bin/printf", "%s|%s|", ODD, "")).output())
        .isEqualTo(ODD + "||");
  }

  @Test
  void refusesWordsThatCouldBeSeveralLines() {
    assertThatThrownBy(() -> looks("/bin/echo", "a\nrm -rf /"))
        .hasMessage("an argument of /bin/echo contains a control character");
  }

  @Test
  void saysWhenAProgramIsNotThere() {
    HostResult result = host.run(looks("/no/such/program"));
    assertThat(result.exit()).isEqualTo(127);
    assertThat(result.why()).contains("/no/such/program");
  }

  @Test
  void streamsInputAndOutputOfAnyLength() {
    byte[] much = new byte[3_000_000];
    for (int index = 0; index < much.length; index++) {
      much[index] = (byte) (index * 31);
    }
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    Host.Streams streams = new Host.Streams(new ByteArrayInputStream(much), Optional.of(sink));
    HostResult result = host.run(looks("/bin/cat"), streams, new Cancellation());
    assertThat(result.good()).isTrue();
    assertThat(sink.toByteArray()).isEqualTo(much);
  }

  @Test
  void keepsTheEndOfLongOutput() {
    HostResult result = host.run(looks("/usr/bin/seq", "1000000"));
    assertThat(result.good()).isTrue();
    assertThat(result.output()).hasSize(Tail.KEPT).endsWith("999999\n1000000\n");
  }

  @Test
  void neverTakesOutputThatCannotBeKeptForDone() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("disk full");
          }
        };
    Host.Streams streams = Host.Streams.to(full);
    Cancellation cancellation = new Cancellation();
    assertThatThrownBy(() -> host.run(looks("/usr/bin/seq", "10000000"), streams, cancellation))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("run [/usr/bin/seq]");
  }

  @Test
  void handsASecretOverOutsideTheArguments() {
    HostCommand shows =
        looks("/bin/sh", "-c", "echo \"$MYSQL_PWD\"; cat; tr '\\0' ' ' </proc/$$/cmdline")
            .with(new HostCommand.Secret("s3cret"));
    HostResult result =
        host.run(
            shows,
            Host.Streams.from(new ByteArrayInputStream("more\n".getBytes(UTF_8))),
            new Cancellation());
    assertThat(result.output()).startsWith("s3cret\nmore\n");
    assertThat(result.output().substring("s3cret\nmore\n".length())).doesNotContain("s3cret");
    assertThat(shows.toString() + shows.shown()).doesNotContain("s3cret");
  }

  @Test
  void failsAPipeWhoseWriterOrReaderFails() {
    List<String> count = List.of("/usr/bin/wc", "-c");
    HostResult good = host.run(looks("/bin/echo", "12345").into(count));
    assertThat(good.output().strip()).isEqualTo("6");
    HostResult writer = host.run(looks("/bin/sh", "-c", "echo 12345; exit 3").into(count));
    assertThat(writer.output().strip()).isEqualTo("6");
    assertThat(writer.exit()).isEqualTo(3);
    assertThat(writer.good()).isFalse();
    HostResult reader = host.run(looks("/bin/true").into(List.of("/bin/false")));
    assertThat(reader.good()).isFalse();
    assertThat(reader.errors()).contains("exit status of each end of the pipe: 0 1");
    HostResult killed =
        host.run(looks("/usr/bin/yes").into(List.of("/bin/sh", "-c", "kill -KILL $$")));
    assertThat(killed.exit()).as("not the writer's broken pipe").isEqualTo(137);
    assertThat(killed.cutShort()).isTrue();
  }

  @Test
  void killsWhatTakesTooLongWithEverythingItStarted() throws IOException {
    Path child = folder.resolve("child");
    HostCommand slow =
        HostCommand.looks(
            Duration.ofSeconds(1),
            List.of("/bin/sh", "-c", "sleep 300 & echo $! >\"$0\"; wait", child.toString()));
    HostResult result = host.run(slow);
    assertThat(result.ending()).isEqualTo(Ending.OUT_OF_TIME);
    assertThat(result.good()).isFalse();
    awaitDead(child);
  }

  @Test
  void cancelsFromAnotherThread() throws IOException {
    Path child = folder.resolve("child");
    Cancellation cancellation = new Cancellation();
    CompletableFuture<HostResult> result =
        CompletableFuture.supplyAsync(
            () -> host.run(sleepsWith(child), Host.Streams.KEPT, cancellation));
    await().until(() -> Files.exists(child) && Files.size(child) > 0);
    cancellation.request();
    assertThat(result.join().ending()).isEqualTo(Ending.CANCELLED);
    awaitDead(child);
  }

  @Test
  void cancelsWhatTalks() {
    CountDownLatch talks = new CountDownLatch(1);
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int value) {
            talks.countDown();
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            talks.countDown();
          }
        };
    Cancellation cancellation = new Cancellation();
    CompletableFuture<HostResult> result =
        CompletableFuture.supplyAsync(
            () -> host.run(looks("/usr/bin/yes"), Host.Streams.to(sink), cancellation));
    await().until(() -> talks.getCount() == 0);
    cancellation.request();
    assertThat(result.join().ending()).isEqualTo(Ending.CANCELLED);
  }

  private static HostCommand sleepsWith(Path child) {
    return looks("/bin/sh", "-c", "echo $$ >\"$0\"; exec sleep 300", child.toString());
  }

  private static void awaitDead(Path child) throws IOException {
    long number = Long.parseLong(Files.readString(child).strip());
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.of(number).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void runsOneCommandOfAMarkAtATimeAndEndsItFromAnotherSession() throws IOException {
    Path child = folder.resolve("child");
    Path mark = folder.resolve("restore");
    HostFiles files = new HostFiles(host);
    files.end(mark);
    CompletableFuture<HostResult> first =
        CompletableFuture.supplyAsync(
            () -> {
              try (Host own = connect()) {
                return own.run(sleepsWith(child).marked(mark));
              }
            });
    await().until(() -> Files.exists(child) && Files.size(child) > 0);
    HostResult second = host.run(looks("/bin/echo").marked(mark));
    assertThat(second.ending()).isEqualTo(Ending.REFUSED_BUSY);
    assertThat(second.why()).isEqualTo("another one is running on this host");
    files.end(mark);
    awaitDead(child);
    assertThat(first.join().good()).isFalse();
    assertThat(host.run(looks("/bin/echo").marked(mark)).good()).isTrue();
  }

  @Test
  void letsProgramsSpeakEnglishWhateverTheMachinesLanguage() {
    assertThat(host.run(looks("/bin/sh", "-c", "echo \"$LC_ALL\"")).output().strip())
        .isEqualTo("C.UTF-8");
  }

  @Test
  void seesWhetherSomethingRunsUnderAMark() throws IOException {
    Path child = folder.resolve("child");
    Path mark = folder.resolve("restore");
    HostFiles files = new HostFiles(host);
    assertThat(files.busy(mark)).isFalse();
    CompletableFuture<HostResult> first =
        CompletableFuture.supplyAsync(
            () -> {
              try (Host own = connect()) {
                return own.run(sleepsWith(child).marked(mark));
              }
            });
    await().until(() -> Files.exists(child) && Files.size(child) > 0);
    assertThat(files.busy(mark)).isTrue();
    files.end(mark);
    assertThat(first.join().good()).isFalse();
    assertThat(files.busy(mark)).isFalse();
  }

  @Test
  void tellsWhatALastingProgramSaidAndHowItEnded() {
    Path mark = folder.resolve("switch");
    HostResult result =
        host.run(looks("/bin/sh", "-c", "echo begun; echo broken >&2; exit 4; ").toItsEnd(mark));
    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.errors()).isEqualTo("begun\nbroken\n");
    assertThat(folder.resolve("switch.said")).hasContent("begun\nbroken");
    assertThat(host.run(looks("/bin/true").toItsEnd(mark)).good()).isTrue();
  }

  @Test
  void knowsWhereADirectoryReallyIs() throws IOException {
    HostFiles files = new HostFiles(host);
    Path plain = Files.createDirectory(folder.toRealPath().resolve("plain"));
    assertThat(files.real(plain)).isEqualTo(plain);
    assertThat(files.isMountPoint(plain)).isFalse();
    Path link = Files.createSymbolicLink(folder.resolve("link"), plain);
    assertThat(files.real(link)).isEqualTo(plain);
    assertThat(files.real(link.resolve("nothing"))).isEqualTo(plain.resolve("nothing"));
    assertThat(files.isMountPoint(Path.of("/proc"))).isTrue();
    assertThat(files.mountsBelow(Path.of("/"))).contains(Path.of("/proc"));
    assertThat(files.mountsBelow(Path.of("/proc"))).doesNotContain(Path.of("/proc"));
    assertThat(files.mountsBelow(plain)).isEmpty();
  }

  @Test
  void movesWhatIsInADirectoryAndOverwritesNothing() throws IOException {
    HostFiles files = new HostFiles(host);
    Path from = Files.createDirectory(folder.resolve("from"));
    Path into = Files.createDirectory(folder.resolve("into"));
    Files.createDirectories(from.resolve("a database/below"));
    Files.writeString(from.resolve("ibdata1"), "new");
    Files.writeString(from.resolve("stays"), "here");
    files.move(from, into, List.of("a database", "ibdata1"));
    assertThat(files.list(from)).containsExactly("stays");
    assertThat(into.resolve("a database/below")).isDirectory();

    Files.writeString(from.resolve("ibdata1"), "another");
    assertThatThrownBy(() -> files.move(from, into, List.of("ibdata1")))
        .isInstanceOf(HostException.class)
        .hasMessageContaining("ibdata1 is in both; look which one is right");
    assertThat(into.resolve("ibdata1")).hasContent("new");
  }

  @Test
  void findsTablesThatLieElsewhere() throws IOException {
    Path app = Files.createDirectories(folder.resolve("data/app"));
    Files.writeString(app.resolve("far.isl"), "/elsewhere/app/far.ibd");
    Files.createFile(app.resolve("near.ibd"));
    assertThat(new HostFiles(host).linkedTables(folder.resolve("data")))
        .containsExactly("app/far.isl");
  }

  @Test
  void readsATextOfAnyLengthThatIsAllowed() throws IOException {
    String text = "é 0123456789\n".repeat(40_000);
    Path file = Files.writeString(folder.resolve("long"), text);
    HostFiles files = new HostFiles(host);
    assertThat(files.read(file, 1 << 20)).isEqualTo(text);
    assertThatThrownBy(() -> files.read(file)).hasMessageContaining("longer than 65536 bytes");
  }

  @Test
  void looksAtFiles() throws IOException {
    HostFiles files = new HostFiles(host);
    Path file = Files.writeString(folder.resolve("a b"), "12345");
    assertThat(files.look(folder.resolve("nothing"))).isEmpty();
    assertThat(files.look(file)).get().extracting(HostFiles.Entry::bytes).isEqualTo(5L);
    assertThat(files.look(folder)).get().extracting(HostFiles.Entry::directory).isEqualTo(true);
    assertThat(files.list(folder)).containsExactly("a b");
    assertThat(files.read(file)).isEqualTo("12345");
    assertThat(files.free(folder)).isPositive();
    assertThat(files.bytes(folder)).isGreaterThanOrEqualTo(5);
    assertThat(files.sameFileSystem(folder, file)).isTrue();
    assertThat(files.sameFileSystem(folder, Path.of("/proc"))).isFalse();
    assertThat(files.checksum(file, new Cancellation()))
        .isEqualTo("5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5");
  }

  @Test
  void writesAFileAsAWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "old");
    new HostFiles(host).write(file, "new\nlines\n", "600");
    assertThat(file).hasContent("new\nlines\n");
    assertThat(new HostFiles(host).look(file).orElseThrow().mode()).isEqualTo("600");
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().contains("draft"));
  }

  @Test
  void renamesOnceOrNotAtAll() throws IOException {
    HostFiles files = new HostFiles(host);
    Path from = Files.createDirectory(folder.resolve("data"));
    Path to = folder.resolve("data.before");
    files.rename(from, to);
    files.rename(from, to);
    assertThat(to).isDirectory();
    assertThat(from).doesNotExist();
    Files.createDirectory(from);
    assertThatThrownBy(() -> files.rename(from, to)).hasMessageContaining("both are there");
    Path elsewhere = Path.of("/proc/repli");
    assertThatThrownBy(() -> files.rename(from, elsewhere))
        .hasMessageContaining("two file systems");
    assertThat(from).isDirectory();
  }

  @Test
  void deletesOnlyWhatRepliHasMade() {
    HostFiles files = new HostFiles(host);
    Path own = folder.resolve("x.repli-restore");
    files.makeDirectory(own, "700");
    files.makeDirectory(own, "700");
    assertThat(own).isDirectory();
    files.delete(own);
    files.delete(own);
    assertThat(own).doesNotExist();
    assertThatThrownBy(() -> files.delete(folder.resolve("data")))
        .hasMessageContaining("was not made by Repli");
  }
}
