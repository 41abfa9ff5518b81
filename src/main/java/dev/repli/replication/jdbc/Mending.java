package dev.repli.replication.jdbc;

import dev.repli.plan.Node;
import dev.repli.replication.SetupServer.Replica;

/** Why a replica does not run and what to do about it; each case was seen on real servers. */
final class Mending {
  private Mending() {}

  static String of(Replica replica, Node source) {
    String error = replica.error();
    if (error.isEmpty()) {
      return replica.applying()
          ? "it is still connecting and says no error; is "
              + source.address()
              + " reachable from there?"
          : "its SQL thread stopped with an empty error, as it does on a JSON column of MySQL;"
              + " the server's error log names the column";
    }
    return error + mend(error, source);
  }

  private static String mend(String error, Node source) {
    if (error.contains("caching_sha2_password")) {
      return ". Mend: put caching_sha2_password.so into the plugin_dir of this server; Debian has it"
          + " in libmariadb3/plugin";
    }
    if (error.contains("SSL is required") || error.contains("does not support it")) {
      return ". Mend: give the source a certificate (ssl_cert, ssl_key), or set tls: disabled for it"
          + " in the plan";
    }
    if (error.contains("error 2026") || error.contains("certificate")) {
      return ". Mend: let this server trust the source's certificate (ssl_ca), or set tls: trust in"
          + " the plan, which encrypts without checking; the plan says tls: "
          + source.tls();
    }
    if (error.contains("error 1045")) {
      return ". Mend: the password of "
          + source.replication().user()
          + " on the source and in the plan differ, or the account requires TLS";
    }
    if (error.contains("error 1594")) {
      return ". Mend: turn binlog_transaction_compression off on the source, then set up again";
    }
    return "";
  }
}
