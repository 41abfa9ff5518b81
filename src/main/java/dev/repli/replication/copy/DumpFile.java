package dev.repli.replication.copy;

import dev.repli.database.Position;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A finished dump, cut into parts that can each be loaded again: every part drops what it makes.
 *
 * @param header bytes of the session settings, which each part needs
 */
record DumpFile(Path file, long header, List<Part> parts) {
  private static final Pattern GTID =
      Pattern.compile("(?m)^-- SET GLOBAL gtid_slave_pos='([^']*)';");
  private static final Pattern FILE =
      Pattern.compile("(?:MASTER|SOURCE)_LOG_FILE='([^']+)', (?:MASTER|SOURCE)_LOG_POS=(\\d+)");
  private static final String SCHEMA = "-- Current Database: ";
  private static final List<String> CUTS =
      List.of(SCHEMA, "-- Table structure for table ", "-- Dumping events for database ");
  private static final String LATER = "later in the file";
  private static final int EDGE = 65_536;

  DumpFile {
    parts = List.copyOf(parts);
  }

  /**
   * One part: bytes from start to end.
   *
   * @param use schema to be in at its begin, as the dump quotes it; empty when it says so itself
   */
  record Part(long start, long end, String use) {
    long size() {
      return end - start;
    }
  }

  /**
   * @param partSize parts are about this long, unless one table is longer
   */
  static DumpFile read(Path file, long partSize) throws IOException {
    List<Part> cuts = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
      new Cutting(in, cuts).run();
    }
    if (cuts.isEmpty()) {
      throw new CopyFailure("the dump " + file + " contains no schema");
    }
    return new DumpFile(file, cuts.get(0).start(), joined(cuts, partSize));
  }

  private static List<Part> joined(List<Part> cuts, long partSize) {
    List<Part> parts = new ArrayList<>();
    for (Part cut : cuts) {
      int last = parts.size() - 1;
      if (last >= 0 && parts.get(last).size() + cut.size() <= partSize) {
        parts.set(last, new Part(parts.get(last).start(), cut.end(), parts.get(last).use()));
      } else {
        parts.add(cut);
      }
    }
    return parts;
  }

  /** Finds the lines that begin a schema or table, outside the bodies of stored programs. */
  private static final class Cutting {
    private final InputStream in;
    private final List<Part> cuts;
    private final StringBuilder line = new StringBuilder();
    private long offset;
    private long begin = -1;
    private String use = "";
    private String schema = "";
    private boolean inBody;

    Cutting(InputStream in, List<Part> cuts) {
      this.in = in;
      this.cuts = cuts;
    }

    void run() throws IOException {
      long lineStart = 0;
      for (int next = in.read(); next >= 0; next = in.read()) {
        offset++;
        if (next != '\n') {
          if (line.length() < 200) {
            line.append((char) next);
          }
        } else {
          endOfLine(line.toString(), lineStart);
          line.setLength(0);
          lineStart = offset;
        }
      }
      if (begin >= 0) {
        cuts.add(new Part(begin, offset, use));
      }
    }

    private void endOfLine(String text, long start) {
      if (text.startsWith("DELIMITER ")) {
        inBody = !text.equals("DELIMITER ;");
      } else if (!inBody && CUTS.stream().anyMatch(text::startsWith)) {
        if (begin >= 0) {
          cuts.add(new Part(begin, start, use));
        }
        begin = start;
        boolean newSchema = text.startsWith(SCHEMA);
        schema = newSchema ? text.substring(SCHEMA.length()) : schema;
        use = newSchema ? "" : schema;
      }
    }
  }

  /** Where the source was when the dump was made: a GTID in the first or last lines, or a place. */
  static Position position(Path file) throws IOException {
    String head;
    String tail;
    try (FileChannel channel = FileChannel.open(file)) {
      head = text(channel, 0);
      tail = text(channel, Math.max(0, channel.size() - EDGE));
    }
    // 11.8 says it at the end, after what may look the same in a stored program
    Matcher gtid = GTID.matcher(head.contains(LATER) ? tail : head);
    String last = "";
    boolean found = false;
    while (gtid.find()) {
      last = gtid.group(1);
      found = true;
    }
    if (found) {
      return new Position(Position.Kind.MARIADB_GTID, last);
    }
    Matcher place = FILE.matcher(head);
    if (place.find()) {
      return new Position(Position.Kind.BINLOG_FILE, place.group(1) + ":" + place.group(2));
    }
    throw new CopyFailure("the dump " + file + " does not say at which position it was made");
  }

  private static String text(FileChannel channel, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(EDGE);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until it is full or the file ends
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
  }

  /** Whether the dumping program came to its end. */
  static boolean isComplete(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long from = Math.max(0, channel.size() - 500);
      ByteBuffer tail = ByteBuffer.allocate(500);
      channel.read(tail, from);
      return new String(tail.array(), StandardCharsets.ISO_8859_1).contains("-- Dump completed");
    }
  }

  /** Writes the settings and the part. */
  void write(Part part, OutputStream out) throws IOException {
    copy(0, header, out);
    if (!part.use().isEmpty()) {
      out.write(("USE " + part.use() + ";\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    copy(part.start(), part.end(), out);
  }

  private void copy(long start, long end, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(start);
      long left = end - start;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new CopyFailure("the dump " + file + " became shorter while it was loaded");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
