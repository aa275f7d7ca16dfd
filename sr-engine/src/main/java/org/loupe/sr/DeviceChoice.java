package org.loupe.sr;

import ai.djl.Device;

/** Where the networks run: CUDA where the engine finds a device, else the CPU. */
public enum DeviceChoice {
  AUTO,
  CPU,
  CUDA;

  /**
   * The device for a number of CUDA devices.
   *
   * @throws IllegalArgumentException where CUDA is asked for and there is none
   */
  Device resolve(int cudaDevices) {
    if (this == CUDA && cudaDevices == 0) {
      throw new IllegalArgumentException("no CUDA device was found; use the CPU");
    }
    return this != CPU && cudaDevices > 0 ? Device.gpu() : Device.cpu();
  }

  /** A device's name for the screen. */
  static String label(Device device) {
    return device.isGpu() ? "CUDA " + device.getDeviceId() : "CPU";
  }
}
