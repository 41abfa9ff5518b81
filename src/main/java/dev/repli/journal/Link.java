package dev.repli.journal;

import dev.repli.run.RunKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One link of a chain exactly as it is stored.
 *
 * @param at UTC, ISO-8601 with six decimals: the text itself is hashed
 * @param content canonical JSON of the evidence
 * @param previousHash hash of the entry before; for the first entry of a run that of the first
 *     entry of the run started before it, {@link #GENESIS} for the very first
 * @param hash SHA-256 (hex) over previous hash, run, sequence number, time and content
 */
public record Link(
    RunKey run, long seq, String at, String content, String previousHash, String hash) {
  /** What the first entry of the first run is chained to. */
  public static final String GENESIS = "0".repeat(64);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** Makes the link for new evidence. */
  public static Link forge(
      RunKey run, long seq, Instant now, Evidence evidence, String previousHash) {
    String at = TIME.format(now.truncatedTo(ChronoUnit.MICROS));
    String content = EvidenceJson.write(evidence);
    return new Link(
        run, seq, at, content, previousHash, hash(run.value(), seq, at, content, previousHash));
  }

  /** The link that stores an entry. */
  public static Link of(JournalEntry entry) {
    return new Link(
        entry.run(),
        entry.seq(),
        TIME.format(entry.at()),
        EvidenceJson.write(entry.evidence()),
        entry.previousHash(),
        entry.hash());
  }

  /** What the hash of a link with these parts has to be. */
  public static String hash(String run, long seq, String at, String content, String previousHash) {
    return sha256(String.join("\n", previousHash, run, Long.toString(seq), at, content));
  }

  static String sha256(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The entry that this link stores. */
  public JournalEntry entry() {
    return new JournalEntry(run, seq, Instant.parse(at), evidence(), previousHash, hash);
  }

  /** The milestone's name, empty for any other evidence. */
  public Optional<String> milestone() {
    return evidence() instanceof Evidence.Milestone milestone
        ? Optional.of(milestone.name())
        : Optional.empty();
  }

  private Evidence evidence() {
    return EvidenceJson.read(content);
  }
}
