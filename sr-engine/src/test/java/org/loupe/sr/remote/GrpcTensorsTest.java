package org.loupe.sr.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrpcTensorsTest {

  private static ModelInferResponse.Builder answer(String datatype, long... shape) {
    ModelInferResponse.Builder answer = ModelInferResponse.newBuilder();
    answer.addOutputsBuilder().setName("other").setDatatype("FP32").addShape(0);
    ModelInferResponse.InferOutputTensor.Builder tensor =
        answer.addOutputsBuilder().setName("y").setDatatype(datatype);
    for (long axis : shape) {
      tensor.addShape(axis);
    }
    return answer.addRawOutputContents(ByteString.EMPTY);
  }

  private static void assertRefused(String why, ModelInferResponse.Builder answer) {
    IOException e = assertThrows(IOException.class, () -> GrpcTensors.output(answer.build(), "y"));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void numbersAreLittleEndianBytes() throws IOException {
    Tensor x = new Tensor("x", new long[] {1, 2}, new float[] {1, -2.5f});
    ModelInferRequest request = GrpcTensors.request("m", List.of(x), "y");
    ByteString bytes = request.getRawInputContents(0);
    assertArrayEquals(new byte[] {0, 0, -128, 63, 0, 0, 32, -64}, bytes.toByteArray());
    Tensor y = GrpcTensors.output(answer("FP32", 2, 1).addRawOutputContents(bytes).build(), "y");
    assertArrayEquals(x.values(), y.values());
    assertEquals(2, y.shape()[0]);
  }

  @Test
  void answersThatAreNoneAreRefused() {
    ByteString eight = ByteString.copyFrom(new byte[8]);
    assertRefused("its answer is cut short", answer("FP32", 2));
    assertRefused("y is FP16, not FP32", answer("FP16", 4).addRawOutputContents(eight));
    assertRefused("its answer is no array", answer("FP32", 3).addRawOutputContents(eight));
    assertRefused(
        "its answer is no array", answer("FP32", Long.MAX_VALUE, 4).addRawOutputContents(eight));
    assertRefused("its answer has no y", ModelInferResponse.newBuilder());
  }
}
