package org.loupe.sr.remote;

import inference.GRPCInferenceServiceGrpc;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelReadyRequest;
import inference.ModelReadyResponse;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import org.loupe.sr.model.ServedGraph;

/**
 * A server of the Open Inference Protocol over gRPC for tests, with libtorch behind it: it runs the
 * exported TorchScript files, and refuses whatever the protocol does not allow.
 */
public final class GrpcInferenceServer implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Server server;
  private final URI address;
  private final boolean raw;
  private final String token;
  private final ServedModels models;
  private final List<String> requests = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  /** Requests to infer until the server is gone. */
  private final AtomicInteger life = new AtomicInteger(Integer.MAX_VALUE);

  private volatile boolean mute;

  /**
   * @param keys null for no TLS
   * @param raw whether answers carry bytes, else lists of numbers
   * @param token that requests must carry; empty for none
   */
  public GrpcInferenceServer(
      List<ServedGraph> graphs, KeyManagerFactory keys, boolean raw, String token)
      throws IOException {
    this.raw = raw;
    this.token = token;
    models = new ServedModels(graphs);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .intercept(new Gate())
            .addService(new Service());
    if (keys != null) {
      SslContextBuilder context = SslContextBuilder.forServer(keys);
      builder.sslContext(GrpcSslContexts.configure(context, SslProvider.JDK).build());
    }
    server = builder.build().start();
    address = URI.create((keys == null ? "grpc" : "grpcs") + "://localhost:" + server.getPort());
  }

  public URI address() {
    return address;
  }

  /** The next requests to infer fail as those of a busy server. */
  public void failNext(int count) {
    failures.set(count);
  }

  /** The server breaks down while it works on the n-th request from now. */
  public void dieAt(int n) {
    life.set(n);
  }

  /** Requests to infer get no answer from now on. */
  public void fallSilent() {
    mute = true;
  }

  /** Requests to infer that were answered. */
  public int inferences() {
    return models.runs();
  }

  /** All requests to infer, as text, without the numbers. */
  public synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** Lets in who has the token. */
  private final class Gate implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      if (!token.isEmpty() && !("Bearer " + token).equals(headers.get(AUTHORIZATION))) {
        call.close(Status.UNAUTHENTICATED.withDescription("unauthorised"), new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }

  private final class Service extends GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase {

    @Override
    public void serverReady(
        ServerReadyRequest request, StreamObserver<ServerReadyResponse> answer) {
      answer.onNext(ServerReadyResponse.newBuilder().setReady(true).build());
      answer.onCompleted();
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> answer) {
      boolean ready = models.graph(request.getName()) != null;
      answer.onNext(ModelReadyResponse.newBuilder().setReady(ready).build());
      answer.onCompleted();
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> answer) {
      if (mute) {
        return;
      }
      if (life.decrementAndGet() <= 0) {
        server.shutdownNow();
        return;
      }
      try {
        answer.onNext(infer(request));
        answer.onCompleted();
      } catch (StatusException e) {
        answer.onError(e);
      }
    }
  }

  private ModelInferResponse infer(ModelInferRequest request) throws StatusException {
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      throw Status.UNAVAILABLE.withDescription("busy").asException();
    }
    synchronized (this) {
      requests.add(request.toBuilder().clearRawInputContents().build().toString());
    }
    ServedGraph graph = models.graph(request.getModelName());
    if (graph == null) {
      throw Status.NOT_FOUND.withDescription("unknown model").asException();
    }
    List<Tensor> inputs = inputs(request);
    List<String> names = inputs.stream().map(Tensor::name).toList();
    require(names.equals(graph.inputs()), "unexpected inputs " + names);
    require(
        request.getOutputsCount() == 1 && request.getOutputs(0).getName().equals(graph.output()),
        "no such output");
    Tensor output = models.run(graph.name(), inputs);
    ModelInferResponse.Builder response =
        ModelInferResponse.newBuilder().setModelName(graph.name()).setModelVersion("1");
    ModelInferResponse.InferOutputTensor.Builder tensor =
        response.addOutputsBuilder().setName(output.name()).setDatatype("FP32");
    for (long axis : output.shape()) {
      tensor.addShape(axis);
    }
    if (raw) {
      response.addRawOutputContents(GrpcTensors.bytes(output.values()));
    } else {
      for (float value : output.values()) {
        tensor.getContentsBuilder().addFp32Contents(value);
      }
    }
    return response.build();
  }

  private static List<Tensor> inputs(ModelInferRequest request) throws StatusException {
    require(request.getUnknownFields().asMap().isEmpty(), "fields of no protocol");
    require(request.getId().isEmpty() && request.getParametersCount() == 0, "more than is needed");
    int count = request.getInputsCount();
    require(request.getRawInputContentsCount() == count, "raw contents of some inputs only");
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ModelInferRequest.InferInputTensor input = request.getInputs(i);
      require(!input.hasContents(), "contents beside raw contents");
      require(input.getParametersCount() == 0, "more than is needed");
      require(
          input.getDatatype().equals("FP32") && input.getShapeCount() == 4,
          "FP32 with four axes is expected");
      long[] shape = input.getShapeList().stream().mapToLong(Long::longValue).toArray();
      require(
          request.getRawInputContents(i).size() == 4 * Tensor.size(shape),
          "raw contents of another size");
      float[] values = GrpcTensors.floats(request.getRawInputContents(i));
      inputs.add(new Tensor(input.getName(), shape, values));
    }
    return inputs;
  }

  private static void require(boolean condition, String message) throws StatusException {
    if (!condition) {
      throw Status.INVALID_ARGUMENT.withDescription(message).asException();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    models.close();
  }
}
