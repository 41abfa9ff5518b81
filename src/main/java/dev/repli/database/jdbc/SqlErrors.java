package dev.repli.database.jdbc;

import dev.repli.database.NodeException;
import dev.repli.database.NodeException.Action;
import dev.repli.plan.Node;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Set;

/** Turns the driver's exceptions into the port's, once, at the border. */
public final class SqlErrors {
  /** Access denied, account locked, privilege missing, unknown system variable. */
  private static final Set<Integer> INPUT =
      Set.of(1044, 1045, 1142, 1143, 1193, 1227, 1370, 3118, 4151);

  /** Too many connections, lock wait, deadlock, server going down, session killed, read only. */
  private static final Set<Integer> RETRY =
      Set.of(1040, 1053, 1129, 1203, 1205, 1213, 1290, 1317, 1836, 1927, 1969);

  private static final String UNTRUSTED =
      ". The plan asks for a verified certificate: start Java with"
          + " -Djavax.net.ssl.trustStore=FILE that holds the authority's certificate, mend the"
          + " server's certificate, or change tls in the plan";

  private SqlErrors() {}

  /**
   * @param secret must not appear in the text; empty when there is none
   */
  public static NodeException translate(Node node, String doing, SQLException e, String secret) {
    String text = text(e);
    boolean leaks = !secret.isEmpty() && text.contains(secret);
    String shown = leaks ? text.replace(secret, "***") : text;
    NodeException translated = new NodeException(node, doing, shown, action(e));
    if (!leaks) {
      translated.initCause(e);
    }
    return translated;
  }

  /** Whether the connection is gone, so that the outcome of its last statement is unknown. */
  public static boolean isBroken(SQLException e) {
    String state = e.getSQLState();
    return (state != null && state.startsWith("08")) || e.getErrorCode() == 1927;
  }

  private static Action action(SQLException e) {
    if (isUntrusted(e)) {
      return Action.CORRECT_INPUT;
    }
    if (INPUT.contains(e.getErrorCode())) {
      return Action.CORRECT_INPUT;
    }
    if (isBroken(e) || RETRY.contains(e.getErrorCode())) {
      return Action.WAIT_AND_RETRY;
    }
    return e.getErrorCode() == 1064 ? Action.REPORT_BUG : Action.REPAIR_TARGET;
  }

  /** A certificate that does not become trusted by waiting. */
  private static boolean isUntrusted(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    // the driver says it in words only, when the account's password could have proved it
    return e.getMessage() != null && e.getMessage().contains("Self signed certificates");
  }

  private static String text(SQLException e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String own = message.replaceFirst("^\\(conn=\\d+\\) ", "");
    String more = e.getCause() instanceof IOException io ? ": " + io.getMessage() : "";
    String mend = isUntrusted(e) ? UNTRUSTED : "";
    return "error " + e.getErrorCode() + " " + own + more + mend;
  }
}
