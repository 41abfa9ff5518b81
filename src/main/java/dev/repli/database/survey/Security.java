package dev.repli.database.survey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * TLS as it is used now.
 *
 * @param offered whether the server offers TLS to who connects
 * @param certificate that it shows; empty when it offers no TLS
 * @param clients sessions of clients with their way in
 */
public record Security(boolean offered, Optional<Certificate> certificate, List<Client> clients) {
  public Security {
    clients = List.copyOf(clients);
  }

  /**
   * A server's certificate.
   *
   * @param names host names and addresses that it is made out to
   * @param selfSigned nobody else vouches for it
   */
  public record Certificate(
      String subject, List<String> names, Instant from, Instant until, boolean selfSigned) {
    public Certificate {
      names = List.copyOf(names);
    }
  }

  /**
   * A client's session.
   *
   * @param type {@code TCP/IP} (no TLS), {@code SSL/TLS}, {@code Socket}, …
   */
  public record Client(String user, String host, String type, boolean own) {
    public boolean plain() {
      return type.equals("TCP/IP");
    }

    public String who() {
      return user + "@" + host;
    }
  }
}
