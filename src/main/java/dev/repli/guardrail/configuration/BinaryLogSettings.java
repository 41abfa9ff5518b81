package dev.repli.guardrail.configuration;

import dev.repli.guardrail.About;
import dev.repli.guardrail.Group;
import dev.repli.guardrail.Guardrail;
import dev.repli.guardrail.Situation;
import dev.repli.guardrail.Verdict;
import org.springframework.stereotype.Component;

@Component
final class BinaryLogSettings implements Guardrail {

  @Override
  public About about() {
    return About.warns(
            Group.CONFIGURATION, "binlog-settings", "The binary logs are written the same way")
        .protectsFrom(
            "a way back whose log is verified, annotated or compressed in another way"
                + " than rehearsed")
        .reads(
            "binlog_checksum, binlog_row_metadata, log_bin_compress,"
                + " binlog_annotate_row_events, master_verify_checksum,"
                + " slave_sql_verify_checksum, encrypt_binlog of both nodes")
        .mend("set them to the same on both nodes");
  }

  @Override
  public Verdict check(Situation situation) {
    return Settings.equal(
        situation,
        "binlog_checksum",
        "binlog_row_metadata",
        "log_bin_compress",
        "binlog_annotate_row_events",
        "master_verify_checksum",
        "slave_sql_verify_checksum",
        "encrypt_binlog");
  }
}
