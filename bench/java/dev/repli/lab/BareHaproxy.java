package dev.repli.lab;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** HAProxy cannot hold anything; it cuts each session once. */
record BareHaproxy(Path socket) implements BareRoute {
  @Override
  public void hold(Side old) {
    // nothing to be done before the release
  }

  @Override
  public void release(Side old, Side next) throws IOException {
    command("set server writer/" + next.name() + " state ready");
    command("set server writer/" + old.name() + " state maint");
    command("shutdown sessions server writer/" + old.name());
  }

  private void command(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      ByteBuffer answer = ByteBuffer.allocate(1000);
      while (channel.read(answer) >= 0 && answer.hasRemaining()) {
        // until HAProxy closes: one command per connection
      }
    }
  }
}
