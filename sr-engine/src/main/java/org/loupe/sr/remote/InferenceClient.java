package org.loupe.sr.remote;

import java.util.List;

/**
 * Runs models on a server. Requests carry arrays and names of arrays, nothing else. What may pass
 * (a connection that breaks, a server that is busy) is tried again, after a pause that doubles. For
 * concurrent use.
 */
public interface InferenceClient extends AutoCloseable {

  /**
   * Asks a server whether it speaks the protocol: over gRPC or HTTP, as the address says.
   *
   * @throws RemoteException where it cannot be reached, or is none
   */
  static InferenceClient connect(ServerSettings settings) {
    return settings.usesGrpc()
        ? new GrpcInferenceClient(settings)
        : new HttpInferenceClient(settings);
  }

  /**
   * Makes sure that the server has a model and is ready to run it.
   *
   * @throws RemoteException where it has not
   */
  void requireReady(String model);

  /**
   * Runs a model.
   *
   * @param output name of the output that is wanted
   * @throws RemoteException where the server cannot be reached or cannot do it
   */
  Tensor infer(String model, List<Tensor> inputs, String output);

  @Override
  void close();
}
