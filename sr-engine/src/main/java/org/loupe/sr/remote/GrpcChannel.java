package org.loupe.sr.remote;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolConfig;
import io.grpc.netty.shaded.io.netty.handler.ssl.ApplicationProtocolNames;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.grpc.netty.shaded.io.netty.handler.ssl.JdkSslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A connection to a server for gRPC, with Java's own sockets and TLS: nothing native is unpacked,
 * and what is trusted is what HTTP trusts.
 *
 * @param channel connects at the first call, and again after it broke
 * @param loop the thread that its sockets are served by
 */
record GrpcChannel(ManagedChannel channel, EventLoopGroup loop) implements AutoCloseable {

  /** Bytes on the way to here before the sender waits; features are tens of megabytes. */
  private static final int WINDOW = 8 << 20;

  private static final String[] TLS = {"TLSv1.3", "TLSv1.2"};

  /**
   * @throws IllegalArgumentException where the trusted certificates cannot be read
   */
  static GrpcChannel open(ServerSettings settings) {
    SslContext tls = settings.usesTls() ? tls(settings.trust()) : null;
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("grpc", true), NioIoHandler.newFactory());
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(settings.address().getHost(), settings.address().getPort())
            .eventLoopGroup(loop)
            .channelType(NioSocketChannel.class)
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                Math.toIntExact(settings.connectTimeout().toMillis()))
            .flowControlWindow(WINDOW)
            .maxInboundMessageSize(Integer.MAX_VALUE);
    if (tls == null) {
      builder.usePlaintext();
    } else {
      builder.sslContext(tls);
    }
    return new GrpcChannel(builder.build(), loop);
  }

  /** Offers HTTP/2 only, as gRPC wants it. */
  private static SslContext tls(SSLContext trust) {
    ApplicationProtocolConfig protocols =
        new ApplicationProtocolConfig(
            ApplicationProtocolConfig.Protocol.ALPN,
            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
            ApplicationProtocolNames.HTTP_2);
    try {
      return new JdkSslContext(
          trust == null ? SSLContext.getDefault() : trust,
          /* isClient= */ true,
          /* ciphers= */ null,
          IdentityCipherSuiteFilter.INSTANCE,
          protocols,
          ClientAuth.NONE,
          TLS,
          /* startTls= */ false);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
