package org.loupe.sr;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/** Cards that are not there, for tests of what is said of them. */
public final class FakeCards {

  private static final long GIB = 1L << 30;

  private FakeCards() {}

  /**
   * Two cards: CUDA 0 with 3 of 8 GiB free, which works (it is the processor), and CUDA 1, whose
   * driver is too old.
   */
  public static Devices two() {
    return new Devices(
        new DeviceProvider() {
          private final List<Long> free = List.of(3 * GIB, 7 * GIB);

          @Override
          public int cudaDevices() {
            return free.size();
          }

          @Override
          public long freeBytes(Device device) {
            return free.get(device.getDeviceId());
          }

          @Override
          public long totalBytes(Device device) {
            return 8 * GIB;
          }

          @Override
          public Backend open(ModelPackage model, Device device) throws ModelException {
            if (device.isGpu() && device.getDeviceId() == 1) {
              throw new ModelException(
                  "model: sr.params",
                  new EngineException(
                      "CUDA driver version is insufficient for CUDA runtime version"));
            }
            return Backend.load(
                model, NDManager.newBaseManager(Device.cpu()), DeviceChoice.label(device));
          }
        });
  }

  /** A library that does not fit the driver, so that cards cannot even be counted. */
  public static Devices mismatched() {
    return new Devices(
        new DeviceProvider() {
          @Override
          public int cudaDevices() {
            throw new EngineException("NVML: Driver/library version mismatch");
          }

          @Override
          public long freeBytes(Device device) {
            throw new EngineException("not initialised");
          }

          @Override
          public Backend open(ModelPackage model, Device device) throws ModelException {
            return Backend.load(
                model, NDManager.newBaseManager(Device.cpu()), DeviceChoice.label(device));
          }
        });
  }
}
