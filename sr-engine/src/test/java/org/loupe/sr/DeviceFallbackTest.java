package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.SmallModel;

/**
 * CUDA devices that are the processor, with the failures that real ones have, in the words of CUDA
 * and libtorch.
 */
class DeviceFallbackTest {

  private static final String NO_MEMORY =
      "CUDA out of memory. Tried to allocate 512.00 MiB. GPU 0 has a total capacity of 7.79 GiB";

  private static final int W = 40;
  private static final int H = 32;

  @TempDir Path folder;

  private ModelPackage model;
  private final Devices devices = new Devices();

  @BeforeEach
  void write() throws IOException {
    model = SmallModel.write(folder);
  }

  /** Free memory by device, and what each says when it is used. */
  private static final class Devices implements DeviceProvider {
    private final List<Long> free = new ArrayList<>();
    private final Map<Integer, String> failsAtOpening = new HashMap<>();
    private RuntimeException failsToCount;

    /** Calls that still work before {@link #NO_MEMORY}, of preparing and of decoding. */
    private int prepares = Integer.MAX_VALUE;

    private int decodes = Integer.MAX_VALUE;

    @Override
    public int cudaDevices() {
      if (failsToCount != null) {
        throw failsToCount;
      }
      return free.size();
    }

    @Override
    public long freeBytes(Device device) {
      return free.get(device.getDeviceId());
    }

    @Override
    public Backend open(ModelPackage model, Device device) throws ModelException {
      NDManager manager = NDManager.newBaseManager(Device.cpu());
      NetworkModel network = new NetworkModel(model, !device.isGpu(), manager);
      if (!device.isGpu()) {
        return new Backend(manager, network, DeviceChoice.label(device));
      }
      String fails = failsAtOpening.get(device.getDeviceId());
      if (fails != null) {
        manager.close();
        throw new ModelException("model small 3: sr.params", new EngineException(fails));
      }
      return new Backend(manager, new Card(network), DeviceChoice.label(device));
    }

    /** A network that runs out of memory. */
    private final class Card implements SliceModel {
      private final SliceModel network;

      Card(SliceModel network) {
        this.network = network;
      }

      @Override
      public SliceFeatures prepare(SliceInput input, Passes passes) {
        if (prepares-- <= 0) {
          throw new EngineException(NO_MEMORY);
        }
        return network.prepare(input, passes);
      }

      @Override
      public int halo() {
        return network.halo();
      }

      @Override
      public NDArray decode(
          SliceFeatures features,
          AxisSampling rows,
          AxisSampling columns,
          NDArray base,
          NDManager scratch) {
        if (decodes-- <= 0) {
          throw new EngineException(NO_MEMORY);
        }
        return network.decode(features, rows, columns, base, scratch);
      }
    }
  }

  private String deviceFor(String choice) throws ModelException {
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.parse(choice), devices)) {
      return engine.info().device();
    }
  }

  private static SliceInput slice() {
    Image2 image = new Image2(W, H);
    for (int row = 0; row < H; row++) {
      for (int column = 0; column < W; column++) {
        image.values()[row * W + column] =
            (float) (500 + 400 * Math.sin(0.7 * column) * Math.cos(0.4 * row));
      }
    }
    return new SliceInput("slice", image, null, null, null, null, 1, 1);
  }

  private Image2 onCpu() throws ModelException {
    return onCpu(Passes.ONE);
  }

  private Image2 onCpu(Passes passes) throws ModelException {
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.CPU, devices);
        SliceFeatures features = engine.prepare(slice(), passes)) {
      return engine.upscale(features, 2 * W, 2 * H, true);
    }
  }

  @Test
  void takesTheCardWithMostFreeMemory() throws ModelException {
    assertEquals("CPU", deviceFor("auto"));
    devices.free.addAll(List.of(1L << 30, 6L << 30, 3L << 30));
    assertEquals("CUDA 1", deviceFor("auto"));
    assertEquals("CUDA 1", deviceFor("cuda"));
    assertEquals("CUDA 2", deviceFor("cuda:2"));
    assertEquals("CPU", deviceFor("cpu"));
  }

  @Test
  void takesTheNextCardWhereOneIsFull() throws ModelException {
    devices.free.addAll(List.of(1L << 30, 6L << 30));
    devices.failsAtOpening.put(1, NO_MEMORY);
    assertEquals("CUDA 0", deviceFor("auto"));
    devices.failsAtOpening.put(0, "CUDA error: no kernel image is available for execution");
    assertEquals(
        "CPU (CUDA 1: not enough memory; CUDA 0: this PyTorch has no code for the card)",
        deviceFor("auto"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CUDA driver version is insufficient for CUDA runtime version"
            + " | the NVIDIA driver is too old for this PyTorch: update the driver",
        "The NVIDIA driver on your system is too old (found version 11040)."
            + " | the NVIDIA driver is too old for this PyTorch: update the driver",
        "Failed to initialize NVML: Driver/library version mismatch"
            + " | the NVIDIA driver was updated: restart",
        "CUDA error: something new | CUDA error: something new"
      })
  void saysInWordsWhatIsWrongWithTheDriver(String says, String words) throws ModelException {
    devices.failsToCount = new EngineException(says);
    assertEquals("CPU (" + words + ")", deviceFor("auto"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> deviceFor("cuda"));
    assertEquals(words + "; use the CPU", e.getMessage());
  }

  @Test
  void saysThatThereIsNoSuchCard() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> deviceFor("cuda"));
    assertEquals("no CUDA device was found; use the CPU", e.getMessage());
    devices.free.add(1L << 30);
    e = assertThrows(IllegalArgumentException.class, () -> deviceFor("cuda:3"));
    assertEquals("CUDA 3: there are 1 CUDA devices; use the CPU", e.getMessage());
  }

  @Test
  void aCardThatFailsItsTrialIsNotUsed() throws ModelException {
    devices.free.add(1L << 30);
    devices.prepares = 0;
    assertEquals("CPU (CUDA 0: not enough memory)", deviceFor("auto"));
  }

  @Test
  void goesOnWithTheProcessorWhereASliceDoesNotFit() throws ModelException {
    Image2 expected = onCpu();
    devices.free.add(1L << 30);
    // The trial's slice fits, the next one does not.
    devices.prepares = 1;
    List<String> told = new ArrayList<>();
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.AUTO, devices)) {
      engine.whenMoved(info -> told.add(info.device()));
      try (SliceFeatures features = engine.prepare(slice())) {
        assertArrayEquals(expected.values(), engine.upscale(features, 2 * W, 2 * H, true).values());
      }
      assertEquals(List.of("CPU (CUDA 0: not enough memory)"), told);
      assertEquals(told.get(0), engine.info().device());
    }
  }

  @Test
  void slicesThatACardPreparedAreDecodedAfterItFailed() throws ModelException {
    Image2 expected = onCpu(Passes.MIRRORED);
    devices.free.add(1L << 30);
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.AUTO, devices);
        SliceFeatures first = engine.prepare(slice(), Passes.MIRRORED);
        SliceFeatures second = engine.prepare(slice(), Passes.MIRRORED)) {
      devices.decodes = 0;
      View view = new View(0.5, 0.5, 0, 0, 2 * W, 2 * H);
      assertArrayEquals(expected.values(), engine.upscale(first, 2 * W, 2 * H, true).values());
      SuperResolver.Decoded again = engine.decode(first, view);
      assertArrayEquals(again.values().values(), engine.decode(second, view).values().values());
      assertTrue(engine.info().device().startsWith("CPU"), engine.info().device());
      assertTrue(first.bytes() > 0);
    }
  }

  @Test
  void whatTheModelRefusesIsNoFailureOfTheCard() throws ModelException {
    devices.free.add(1L << 30);
    try (SuperResolver engine = SuperResolver.open(model, DeviceChoice.AUTO, devices);
        SliceFeatures features = engine.prepare(slice())) {
      View tooFine = new View(0.01, 0.01, 0, 0, 10, 10);
      assertThrows(IllegalArgumentException.class, () -> engine.decode(features, tooFine));
      assertEquals("CUDA 0", engine.info().device());
    }
  }
}
