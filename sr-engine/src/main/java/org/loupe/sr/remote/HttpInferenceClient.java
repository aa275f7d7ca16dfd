package org.loupe.sr.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The protocol over HTTP: numbers as bytes where the server has the extension, else as JSON. */
final class HttpInferenceClient implements InferenceClient {

  /** HTTP statuses of servers that may answer a little later. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private static final String LATE = "no answer in time";

  private final ServerSettings settings;
  private final Attempts attempts;
  private final HttpClient http;
  private final boolean binary;

  /**
   * Asks the server what it is.
   *
   * @throws RemoteException where it cannot be reached, or is none
   */
  HttpInferenceClient(ServerSettings settings) {
    this.settings = settings;
    attempts = new Attempts(settings);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            .version(HttpClient.Version.HTTP_1_1);
    SSLContext trust = settings.trust();
    http = (trust == null ? builder : builder.sslContext(trust)).build();
    try {
      binary = InferenceMessage.hasBinary(attempts.of(() -> get("v2")).body());
    } catch (IOException e) {
      http.close();
      throw settings.failure("it does not speak the Open Inference Protocol", false, e);
    } catch (RuntimeException e) {
      http.close();
      throw e;
    }
  }

  @Override
  public void requireReady(String model) {
    attempts.of(() -> get("v2/models/" + model + "/ready"));
  }

  @Override
  public Tensor infer(String model, List<Tensor> inputs, String output) {
    InferenceMessage request;
    try {
      request = InferenceMessage.request(inputs, output, binary);
    } catch (IOException e) {
      throw settings.failure("the request cannot be written", false, e);
    }
    HttpResponse<byte[]> response =
        attempts.of(
            () -> {
              HttpRequest.Builder builder =
                  request("v2/models/" + model + "/infer")
                      .POST(BodyPublishers.ofByteArray(request.body()));
              if (request.headerLength() < 0) {
                builder.header("Content-Type", "application/json");
              } else {
                builder
                    .header("Content-Type", "application/octet-stream")
                    .header(
                        InferenceMessage.LENGTH_HEADER, Integer.toString(request.headerLength()));
              }
              return send(builder.build());
            });
    try {
      int header =
          (int) response.headers().firstValueAsLong(InferenceMessage.LENGTH_HEADER).orElse(-1);
      return new InferenceMessage(response.body(), header).output(output);
    } catch (IOException | NumberFormatException e) {
      throw settings.failure(e.getMessage(), false, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    URI uri = settings.address().resolve(path);
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(settings.requestTimeout());
    return settings.token().isEmpty()
        ? builder
        : builder.header("Authorization", "Bearer " + settings.token());
  }

  private HttpResponse<byte[]> get(String path) {
    return send(request(path).GET().build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    HttpResponse<byte[]> response;
    try {
      // The request's own timeout ends with the head of the answer.
      response = answer.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw settings.failure("interrupted", false, e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw settings.failure(LATE, true, e);
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      throw settings.failure(words(why), !(why instanceof SSLException), why);
    }
    int status = response.statusCode();
    if (status == 200) {
      return response;
    }
    String said = InferenceMessage.error(response.body()).lines().findFirst().orElse("");
    String what =
        switch (status) {
          case 401, 403 -> "the token is not accepted";
          case 404 -> "it does not have the model";
          default -> "status " + status;
        };
    throw settings.failure(
        said.isEmpty() ? what : what + ": " + said, PASSING.contains(status), null);
  }

  private static String words(Throwable e) {
    if (e instanceof HttpConnectTimeoutException || e instanceof ConnectException) {
      return "not reached";
    }
    if (e instanceof HttpTimeoutException) {
      return LATE;
    }
    if (e instanceof SSLException) {
      return isOfCertificate(e)
          ? "its certificate is not trusted"
          : "TLS failed: " + e.getMessage();
    }
    return "the connection broke";
  }

  private static boolean isOfCertificate(Throwable e) {
    return e != null && (e instanceof CertificateException || isOfCertificate(e.getCause()));
  }

  @Override
  public void close() {
    http.close();
  }
}
