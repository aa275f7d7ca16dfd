package org.loupe.sr;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SrNetwork;

/**
 * What preparing a slice on a server moves over the network; views of it move nothing.
 *
 * @param requests how many there are
 * @param sentBytes of the arrays that go to the server; names and headers add less than a kilobyte
 *     a request
 * @param receivedBytes of the arrays that come back
 */
public record ServerTraffic(
    @JsonProperty("requests") int requests,
    @JsonProperty("sent_bytes") long sentBytes,
    @JsonProperty("received_bytes") long receivedBytes) {

  /**
   * Prepares a slice here and counts what a server would get and give.
   *
   * @throws ModelException where the package is damaged
   */
  public static ServerTraffic of(ModelPackage model, SliceInput input) throws ModelException {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      SrNetwork network = model.loadNetwork(manager);
      Counting counting =
          new Counting(new SliceNetworks.Local(network, model.loadPrior(manager), manager));
      new NetworkModel(network, counting, /* decodesDirectly= */ true, manager)
          .prepare(input.onAcquiredGrid(), Passes.ONE)
          .close();
      return new ServerTraffic(counting.requests, counting.sent, counting.received);
    }
  }

  private static final class Counting implements SliceNetworks {
    private final SliceNetworks networks;
    private int requests;
    private long sent;
    private long received;

    Counting(SliceNetworks networks) {
      this.networks = networks;
    }

    private NDArray counted(NDArray output, NDArray... inputs) {
      requests++;
      received += Float.BYTES * output.size();
      for (NDArray input : inputs) {
        sent += Float.BYTES * input.size();
      }
      return output;
    }

    @Override
    public NDArray segment(NDArray slice) {
      return counted(networks.segment(slice), slice);
    }

    @Override
    public NDArray encode(NDArray target, NDArray neighbours, NDArray folded, NDArray prior) {
      NDArray features = networks.encode(target, neighbours, folded, prior);
      return counted(features, target, neighbours, folded, prior);
    }

    @Override
    public NDArray guide(NDArray reference) {
      return counted(networks.guide(reference), reference);
    }
  }
}
