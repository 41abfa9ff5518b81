package dev.repli.database.jdbc;

import dev.repli.database.survey.Security.Certificate;
import dev.repli.plan.Endpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate that a server shows, whoever vouches for it: the beginning of the client protocol
 * up to the TLS handshake, without a log-in. The server counts an aborted connection; the log-in of
 * the same host right before and after keeps it below {@code max_connect_errors}.
 */
final class ShownCertificate {
  private static final int LIMIT = Math.toIntExact(Duration.ofSeconds(5).toMillis());
  private static final int OFFERS_TLS = 0x800;
  private static final int PROTOCOL_41 = 0x200;
  private static final int SECURE_CONNECTION = 0x8000;
  private static final int REQUEST_LENGTH = 32;
  private static final byte UTF8MB4 = 45;

  /** After the version: thread id, scramble, filler. */
  private static final int BEFORE_CAPABILITIES = 4 + 8 + 1;

  private ShownCertificate() {}

  /** Empty when the server offers no TLS. */
  static Optional<Certificate> of(Endpoint server) throws IOException {
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(server.host(), server.port()), LIMIT);
      plain.setSoTimeout(LIMIT);
      if (!offersTls(plain)) {
        return Optional.empty();
      }
      plain.getOutputStream().write(request());
      plain.getOutputStream().flush();
      return Optional.of(described(handshake(plain, server)));
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS handshake: " + e.getMessage(), e);
    }
  }

  private static boolean offersTls(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] header = in.readNBytes(4);
    if (header.length < 4) {
      throw new IOException("the server closed the connection");
    }
    int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    byte[] greeting = in.readNBytes(length);
    int at = 1;
    while (at < greeting.length && greeting[at] != 0) {
      at++;
    }
    int capabilities = at + 1 + BEFORE_CAPABILITIES;
    if (greeting.length < capabilities + 2) {
      throw new IOException("not the greeting of a MariaDB or MySQL server");
    }
    int low = (greeting[capabilities] & 0xff) | (greeting[capabilities + 1] & 0xff) << 8;
    return (low & OFFERS_TLS) != 0;
  }

  private static byte[] request() {
    ByteBuffer packet = ByteBuffer.allocate(4 + REQUEST_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    packet.putInt(REQUEST_LENGTH | 1 << 24);
    packet.putInt(OFFERS_TLS | PROTOCOL_41 | SECURE_CONNECTION);
    packet.putInt(1 << 24);
    packet.put(UTF8MB4);
    return packet.array();
  }

  private static X509Certificate handshake(Socket plain, Endpoint server)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    try (SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, server.host(), server.port(), true)) {
      tls.startHandshake();
      return (X509Certificate) tls.getSession().getPeerCertificates()[0];
    }
  }

  private static Certificate described(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return new Certificate(
        certificate.getSubjectX500Principal().getName(),
        names == null
            ? List.of()
            : names.stream().map(name -> String.valueOf(name.get(1))).toList(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()));
  }

  /** Nothing is sent over this connection: it is looked at and closed. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
