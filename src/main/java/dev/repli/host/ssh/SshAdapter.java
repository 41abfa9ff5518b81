package dev.repli.host.ssh;

import dev.repli.host.Host;
import dev.repli.host.HostAdapter;
import dev.repli.host.HostException;
import dev.repli.plan.HostAccess;
import dev.repli.plan.SecretRef;
import dev.repli.plan.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Hosts over SSH. Nothing of the user's own configuration counts: no {@code ~/.ssh}, no agent, no
 * known_hosts; what may be trusted stands in the plan.
 */
@Component
final class SshAdapter implements HostAdapter, AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final AttributeRepository.AttributeKey<Predicate<PublicKey>> JUDGE =
      new AttributeRepository.AttributeKey<>();
  private final Secrets secrets;
  private final AtomicReference<@Nullable SshClient> client = new AtomicReference<>();

  SshAdapter(Secrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public Class<HostAccess.Ssh> serves() {
    return HostAccess.Ssh.class;
  }

  @Override
  public Host connect(HostAccess access) {
    HostAccess.Ssh ssh = serves().cast(access);
    AtomicReference<@Nullable String> shown = new AtomicReference<>();
    ClientSession session = open(ssh, key -> pinned(ssh, key, shown));
    try {
      identify(ssh, session);
      session.auth().verify(LIMIT);
      return new SshHost(access.label(), session);
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw refused(ssh, Optional.ofNullable(shown.get()), e);
    }
  }

  /** The judge goes along with the connection: keys are exchanged before there is a session. */
  private ClientSession open(HostAccess.Ssh ssh, Predicate<PublicKey> judge) {
    try {
      return client()
          .connect(
              ssh.user(),
              ssh.address().host(),
              ssh.address().port(),
              AttributeRepository.ofKeyValuePair(JUDGE, judge))
          .verify(LIMIT)
          .getSession();
    } catch (IOException e) {
      throw new HostException(
          ssh.label(),
          "connect to " + ssh.address(),
          e.getMessage() + "; is its SSH server up, and may Repli's machine reach it?",
          e,
          HostException.Action.WAIT_AND_RETRY);
    }
  }

  private static boolean judge(ClientSession session, SocketAddress address, PublicKey key) {
    AttributeRepository context = session.getConnectionContext();
    Predicate<PublicKey> judge = context == null ? null : context.getAttribute(JUDGE);
    return judge != null && judge.test(key);
  }

  private static boolean pinned(
      HostAccess.Ssh ssh, PublicKey key, AtomicReference<@Nullable String> shown) {
    String fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    shown.set(fingerprint);
    return ssh.hostKeys().contains(fingerprint);
  }

  private void identify(HostAccess.Ssh ssh, ClientSession session) throws IOException {
    if (ssh.key().isPresent()) {
      for (KeyPair pair : pairs(ssh, ssh.key().get())) {
        session.addPublicKeyIdentity(pair);
      }
    }
    ssh.password().ifPresent(password -> session.addPasswordIdentity(secrets.resolve(password)));
  }

  private Iterable<KeyPair> pairs(HostAccess.Ssh ssh, SecretRef reference) throws IOException {
    byte[] text = (secrets.resolve(reference) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      return SecurityUtils.loadKeyPairIdentities(
          null, reference::value, new ByteArrayInputStream(text), FilePasswordProvider.EMPTY);
    } catch (GeneralSecurityException | IOException e) {
      throw new HostException(
          ssh.label(),
          "read the private key " + reference.value(),
          "it is no private key without passphrase that can be used here",
          e,
          HostException.Action.CORRECT_INPUT);
    }
  }

  private static HostException refused(HostAccess.Ssh ssh, Optional<String> shown, Exception e) {
    if (e instanceof HostException ours) {
      return ours;
    }
    if (shown.isPresent() && !ssh.hostKeys().contains(shown.get())) {
      return new HostException(
          ssh.label(),
          "trust the SSH server at " + ssh.address(),
          "it shows the key "
              + shown.get()
              + ", the plan names "
              + String.join(", ", ssh.hostKeys())
              + "; somebody else may be answering: ask who runs the machine before you change the"
              + " plan",
          e,
          HostException.Action.CORRECT_INPUT);
    }
    return new HostException(
        ssh.label(),
        "log in as " + ssh.user(),
        e.getMessage() + "; see key, password and user of the plan",
        e,
        HostException.Action.CORRECT_INPUT);
  }

  private synchronized SshClient client() {
    SshClient running = client.get();
    if (running != null) {
      return running;
    }
    SshClient made = SshClient.setUpDefaultClient();
    made.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    made.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    made.setServerKeyVerifier(SshAdapter::judge);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(made, HEARTBEAT);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(made, 2);
    CoreModuleProperties.IDLE_TIMEOUT.set(made, Duration.ZERO);
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(made, Duration.ZERO);
    made.start();
    client.set(made);
    return made;
  }

  @Override
  public void close() {
    SshClient running = client.getAndSet(null);
    if (running != null) {
      running.stop();
    }
  }
}
