package org.loupe.sr.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Arrays in the protocol's messages. */
final class GrpcTensors {

  static final String FLOAT32 = "FP32";

  private GrpcTensors() {}

  /** A request for one output; the numbers are raw bytes. */
  static ModelInferRequest request(String model, List<Tensor> inputs, String output) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    for (Tensor input : inputs) {
      ModelInferRequest.InferInputTensor.Builder tensor =
          request.addInputsBuilder().setName(input.name()).setDatatype(FLOAT32);
      for (long axis : input.shape()) {
        tensor.addShape(axis);
      }
      request.addRawInputContents(bytes(input.values()));
    }
    request.addOutputsBuilder().setName(output);
    return request.build();
  }

  static ByteString bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    // Nobody else holds these bytes, so they need not be copied.
    return UnsafeByteOperations.unsafeWrap(buffer);
  }

  /**
   * The output of a name in an answer, whether its numbers are raw bytes or a list.
   *
   * @throws IOException where it is not an answer as the protocol wants it
   */
  static Tensor output(ModelInferResponse response, String name) throws IOException {
    for (int i = 0; i < response.getOutputsCount(); i++) {
      ModelInferResponse.InferOutputTensor output = response.getOutputs(i);
      if (output.getName().equals(name)) {
        return tensor(output, response, i);
      }
    }
    throw new IOException("its answer has no " + name);
  }

  private static Tensor tensor(
      ModelInferResponse.InferOutputTensor output, ModelInferResponse response, int i)
      throws IOException {
    if (!output.getDatatype().equals(FLOAT32)) {
      throw new IOException(output.getName() + " is " + output.getDatatype() + ", not FP32");
    }
    long[] shape = output.getShapeList().stream().mapToLong(Long::longValue).toArray();
    float[] values;
    if (response.getRawOutputContentsCount() == 0) {
      List<Float> list = output.getContents().getFp32ContentsList();
      values = new float[list.size()];
      for (int k = 0; k < values.length; k++) {
        values[k] = list.get(k);
      }
    } else if (i < response.getRawOutputContentsCount()) {
      values = floats(response.getRawOutputContents(i));
    } else {
      throw new IOException("its answer is cut short");
    }
    try {
      return new Tensor(output.getName(), shape, values);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException("its answer is no array: " + e.getMessage(), e);
    }
  }

  static float[] floats(ByteString bytes) {
    float[] values = new float[bytes.size() / 4];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
