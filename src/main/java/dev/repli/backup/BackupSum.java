package dev.repli.backup;

import dev.repli.host.Cancellation;
import dev.repli.host.Host;
import dev.repli.host.HostCommand;
import dev.repli.host.HostException;
import dev.repli.host.HostFiles;
import dev.repli.host.HostResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** The checksum of a backup: of its file, or of the list of its files' checksums. */
record BackupSum(Host host) {
  private static final Duration LIMIT = Duration.ofHours(24);

  String of(Backup backup, Cancellation cancellation) {
    return backup.form() == Backup.Form.DIRECTORY
        ? ofTree(backup, cancellation)
        : new HostFiles(host).checksum(backup.path(), cancellation);
  }

  private String ofTree(Backup backup, Cancellation cancellation) {
    ByteArrayOutputStream sums = new ByteArrayOutputStream();
    String root = backup.path() + "/";
    HostResult result =
        host.run(
            HostCommand.looks(
                LIMIT,
                List.of(
                    "/usr/bin/find", root, "-type", "f", "-exec", "/usr/bin/sha256sum", "{}", "+")),
            Host.Streams.to(sums),
            cancellation);
    if (!result.good()) {
      throw new HostException(
          host.label(),
          "read the checksum of " + backup.path(),
          result.why(),
          HostException.Action.REPAIR_TARGET);
    }
    String sorted =
        sums.toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replace(root, ""))
            .sorted()
            .collect(Collectors.joining("\n"));
    return sha256(sorted);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
