package dev.repli.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * A self-signed certificate for servers on the loopback, written in plain Java because a fresh
 * machine has no {@code openssl}. Without one of its own, MariaDB 11.4 makes a key at every start,
 * which takes seconds.
 */
final class LabCertificate {
  private static final Base64.Encoder PEM =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
  private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'");
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
  private static final byte[] SHA256_WITH_RSA = {
    0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x0b
  };

  private LabCertificate() {}

  /** Writes {@code cert.pem} and {@code key.pem}, the key readable by its owner only. */
  static void write(Path folder, Instant from) throws IOException, GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    byte[] body = toBeSigned(pair, from);
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(pair.getPrivate());
    signer.update(body);
    byte[] certificate = der(SEQUENCE, body, algorithm(), bits(signer.sign()));
    Path key =
        Files.createFile(
            folder.resolve("key.pem"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Files.writeString(folder.resolve("cert.pem"), pem("CERTIFICATE", certificate));
  }

  /** RFC 5280, version 1: serial number, algorithm, issuer, validity, subject, key. */
  private static byte[] toBeSigned(KeyPair pair, Instant from) {
    byte[] name =
        der(
            SEQUENCE,
            der(SET, der(SEQUENCE, der(0x06, COMMON_NAME), der(0x0c, ascii("127.0.0.1")))));
    byte[] validity =
        der(SEQUENCE, time(from.minusSeconds(3600)), time(from.plusSeconds(30L * 86400)));
    byte[] serial = der(0x02, new byte[] {1});
    return der(SEQUENCE, serial, algorithm(), name, validity, name, pair.getPublic().getEncoded());
  }

  private static byte[] algorithm() {
    return der(SEQUENCE, der(0x06, SHA256_WITH_RSA), der(0x05));
  }

  private static byte[] time(Instant at) {
    return der(0x17, ascii(UTC_TIME.format(at.atOffset(ZoneOffset.UTC))));
  }

  private static byte[] bits(byte[] value) {
    return der(0x03, new byte[] {0}, value);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 0x80) {
      out.write(0x82);
      out.write(length >> 8);
    }
    out.write(length);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN "
        + what
        + "-----\n"
        + PEM.encodeToString(der)
        + "\n-----END "
        + what
        + "-----\n";
  }
}
