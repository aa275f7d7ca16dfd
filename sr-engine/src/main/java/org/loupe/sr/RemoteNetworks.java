package org.loupe.sr;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ServedGraph;
import org.loupe.sr.remote.InferenceClient;
import org.loupe.sr.remote.Tensor;

/**
 * The networks of a slice on a server, with the weights of a local package: their names there hold
 * the weights' hash, so a server with others is found out. The server is sent normalised pixels; it
 * learns nothing of patient, study or position. Zooming needs no server: the features stay here.
 */
final class RemoteNetworks implements SliceNetworks {

  private final InferenceClient client;
  private final String encoder;
  private final String reference;
  private final String segmentation;

  /**
   * @throws ModelException where the model is not made of Loupe's networks
   * @throws org.loupe.sr.remote.RemoteException where the server does not have them
   */
  RemoteNetworks(InferenceClient client, ModelPackage model) throws ModelException {
    this.client = client;
    encoder = ServedGraph.name(model, ServedGraph.Part.ENCODER);
    reference = ServedGraph.name(model, ServedGraph.Part.REFERENCE);
    segmentation = ServedGraph.name(model, ServedGraph.Part.SEGMENTATION);
    for (String name : List.of(encoder, reference, segmentation)) {
      client.requireReady(name);
    }
  }

  @Override
  public NDArray segment(NDArray slice) {
    return infer(segmentation, List.of("slice"), slice);
  }

  @Override
  public NDArray encode(NDArray target, NDArray neighbours, NDArray folded, NDArray prior) {
    List<String> names = List.of("target", "neighbours", "folded", "prior");
    return infer(encoder, names, target, neighbours, folded, prior);
  }

  @Override
  public NDArray guide(NDArray maps) {
    return infer(reference, List.of("reference"), maps);
  }

  private NDArray infer(String model, List<String> names, NDArray... arrays) {
    List<String> served = ServedGraph.inputs(names);
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < arrays.length; i++) {
      long[] shape = arrays[i].getShape().getShape();
      inputs.add(new Tensor(served.get(i), shape, arrays[i].toFloatArray()));
    }
    Tensor output = client.infer(model, inputs, ServedGraph.OUTPUT);
    return arrays[0].getManager().create(output.values(), new Shape(output.shape()));
  }
}
