package org.loupe.sr.remote;

import inference.GRPCInferenceServiceGrpc;
import inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelReadyRequest;
import inference.ServerReadyRequest;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/** The protocol over gRPC; numbers travel as bytes. */
final class GrpcInferenceClient implements InferenceClient {

  /** Of servers that may answer a little later. */
  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          // By the server, as it goes down: nobody here cancels.
          Status.Code.CANCELLED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN);

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ServerSettings settings;
  private final Attempts attempts;
  private final GrpcChannel connection;
  private final GRPCInferenceServiceBlockingStub stub;

  /**
   * Asks the server whether it is ready.
   *
   * @throws RemoteException where it cannot be reached, or is none
   */
  GrpcInferenceClient(ServerSettings settings) {
    this.settings = settings;
    attempts = new Attempts(settings);
    connection = GrpcChannel.open(settings);
    GRPCInferenceServiceBlockingStub plain =
        GRPCInferenceServiceGrpc.newBlockingStub(connection.channel());
    stub = settings.token().isEmpty() ? plain : plain.withInterceptors(bearer(settings.token()));
    try {
      boolean ready = call(s -> s.serverReady(ServerReadyRequest.getDefaultInstance())).getReady();
      if (!ready) {
        throw settings.failure("it is not ready", false, null);
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static ClientInterceptor bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  @Override
  public void requireReady(String model) {
    ModelReadyRequest request = ModelReadyRequest.newBuilder().setName(model).build();
    if (!call(s -> s.modelReady(request)).getReady()) {
      throw settings.failure("it does not have the model ready", false, null);
    }
  }

  @Override
  public Tensor infer(String model, List<Tensor> inputs, String output) {
    ModelInferRequest request = GrpcTensors.request(model, inputs, output);
    ModelInferResponse response = call(s -> s.modelInfer(request));
    try {
      return GrpcTensors.output(response, output);
    } catch (IOException e) {
      throw settings.failure(e.getMessage(), false, e);
    }
  }

  private <T> T call(Function<GRPCInferenceServiceBlockingStub, T> rpc) {
    return attempts.of(
        () -> {
          try {
            return rpc.apply(
                stub.withDeadlineAfter(
                    settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS));
          } catch (StatusRuntimeException e) {
            // Else the channel would refuse the next try without one of its own.
            connection.channel().resetConnectBackoff();
            throw failure(e);
          }
        });
  }

  private RemoteException failure(StatusRuntimeException e) {
    Status status = e.getStatus();
    if (Thread.currentThread().isInterrupted()) {
      return settings.failure("interrupted", false, e);
    }
    if (causedBy(e, SSLException.class)) {
      return settings.failure("its certificate is not trusted", false, e);
    }
    boolean passing = PASSING.contains(status.getCode());
    String what =
        switch (status.getCode()) {
          case UNAUTHENTICATED, PERMISSION_DENIED -> "the token is not accepted";
          case NOT_FOUND -> "it does not have the model";
          case UNIMPLEMENTED -> "it does not speak the Open Inference Protocol";
          case DEADLINE_EXCEEDED -> "no answer in time";
          case CANCELLED -> "the connection broke";
          case UNAVAILABLE -> unavailable(e);
          default -> "status " + status.getCode();
        };
    String said = said(e);
    return settings.failure(said.isEmpty() ? what : what + ": " + said, passing, e);
  }

  /** What the server says of it; empty where the words are this side's. */
  private static String said(StatusRuntimeException e) {
    Status status = e.getStatus();
    boolean own =
        e.getCause() != null
            || status.getCode() == Status.Code.DEADLINE_EXCEEDED
            || status.getCode() == Status.Code.CANCELLED;
    return own || status.getDescription() == null
        ? ""
        : status.getDescription().lines().findFirst().orElse("");
  }

  private static String unavailable(StatusRuntimeException e) {
    if (causedBy(e, ConnectException.class) || causedBy(e, UnknownHostException.class)) {
      return "not reached";
    }
    return causedBy(e, IOException.class) ? "the connection broke" : "it is not available";
  }

  private static boolean causedBy(Throwable e, Class<? extends Throwable> kind) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    connection.close();
  }
}
