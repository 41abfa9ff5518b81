package dev.repli.inplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DdlStatementsTest {
  private final DdlStatements found = new DdlStatements();

  /** As mariadb-binlog of 10.11 prints it. */
  private void logged(String flags, String before, String statement) throws IOException {
    String text =
        """
        #261122 15:09:10 server id 1  end_log_pos 505 CRC32 0x2a72ad89 	GTID 0-1-2 %s
        /*M!100001 SET @@session.gtid_seq_no=2*//*!*/;
        # at 505
        #261122 15:09:10 server id 1  end_log_pos 780 CRC32 0xd3d4ac3c 	Query	thread_id=8	xid=28
        %sSET TIMESTAMP=1795360150/*!*/;
        %s
        /*!*/;
        """
            .formatted(flags, before, statement);
    found.write(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsThemAndNamesTheFirst() throws IOException {
    logged("ddl", "use `app`/*!*/;\n", "CREATE TABLE `a b` (id INT,\n  note TEXT)");
    logged("ddl", "", "ALTER TABLE t\nADD c INT");
    logged("ddl START ALTER", "", "ALTER TABLE big ADD d INT");
    logged("ddl COMMIT ALTER id=7", "", "ALTER TABLE big ADD d INT");
    logged("ddl", "", "DROP TABLE gone");
    logged("trans", "", "COMMIT");

    assertThat(found.count()).isEqualTo(4);
    assertThat(found.first())
        .containsExactly("CREATE TABLE `a b`", "ALTER TABLE t", "ALTER TABLE big ADD d INT");
  }

  @Test
  void showsNothingThatMayHoldAPassword() throws IOException {
    logged("ddl", "", "CREATE USER 'shop'@'%' IDENTIFIED BY 'secret-1'");
    logged("ddl", "", "SET PASSWORD FOR shop = 'secret-2'");

    assertThat(found.count()).isEqualTo(2);
    assertThat(found.first()).containsExactly("CREATE USER …", "SET PASSWORD …");
  }
}
