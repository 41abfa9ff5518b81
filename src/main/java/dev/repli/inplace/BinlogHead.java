package dev.repli.inplace;

import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first event of a binary log, which names the server that wrote it. */
record BinlogHead(Host host) {
  /** Magic number, header of the event, format: then the version. */
  private static final int LENGTH = 80;

  private static final Pattern VERSION = Pattern.compile("[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{1,3}");

  /** For example {@code 10.11.18}; empty text when it cannot be read. */
  String version(Path log) {
    HostResult head =
        host.run(
            HostCommand.looks(
                Duration.ofSeconds(30),
                List.of("/usr/bin/head", "-c", String.valueOf(LENGTH), "--", log.toString())));
    Matcher matcher = VERSION.matcher(head.output());
    return matcher.find() ? matcher.group() : "";
  }
}
