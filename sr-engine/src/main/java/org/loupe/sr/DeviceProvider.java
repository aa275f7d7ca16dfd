package org.loupe.sr;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;

/** What the engine's library knows of devices, and how a model is opened on one. */
interface DeviceProvider {

  /** The library that ships. */
  DeviceProvider DJL =
      new DeviceProvider() {
        @Override
        public int cudaDevices() {
          Engine engine = Engine.getInstance();
          return engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
        }

        @Override
        public long freeBytes(Device device) {
          MemoryUsage memory = CudaUtils.getGpuMemory(device);
          return memory.getMax() - memory.getUsed();
        }

        @Override
        public long totalBytes(Device device) {
          return CudaUtils.getGpuMemory(device).getMax();
        }

        @Override
        public Backend open(ModelPackage model, Device device) throws ModelException {
          return Backend.load(model, NDManager.newBaseManager(device), DeviceChoice.label(device));
        }
      };

  /** Number of CUDA devices; may fail where driver and libraries do not fit. */
  int cudaDevices();

  /** Memory of a CUDA device that nobody uses; may fail. */
  long freeBytes(Device device);

  /** All memory of a CUDA device, or -1 where it is not known; may fail. */
  default long totalBytes(Device device) {
    return -1;
  }

  /**
   * Loads a model.
   *
   * @throws ModelException where the package is damaged
   */
  Backend open(ModelPackage model, Device device) throws ModelException;
}
