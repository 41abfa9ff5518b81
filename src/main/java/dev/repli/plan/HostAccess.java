package dev.repli.plan;

import java.util.List;
import java.util.Optional;

/** How Repli reaches the machine of a node. */
public sealed interface HostAccess {
  /** For people. */
  String label();

  /** Repli runs on that machine. */
  record Local() implements HostAccess {
    @Override
    public String label() {
      return "this machine";
    }
  }

  /**
   * Over SSH.
   *
   * @param hostKeys fingerprints of the keys that it may show, as {@code ssh-keygen -l} prints
   *     them: {@code SHA256:} and 43 characters; any other key is refused
   * @param key private key, OpenSSH's or PEM's text, without a passphrase
   * @param password used when there is no key
   */
  record Ssh(
      Endpoint address,
      String user,
      List<String> hostKeys,
      Optional<SecretRef> key,
      Optional<SecretRef> password)
      implements HostAccess {
    public Ssh {
      hostKeys = List.copyOf(hostKeys);
    }

    @Override
    public String label() {
      return "host " + address.host();
    }
  }
}
