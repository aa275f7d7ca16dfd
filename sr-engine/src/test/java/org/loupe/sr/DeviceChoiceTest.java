package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceChoiceTest {

  @ParameterizedTest
  @CsvSource({"AUTO, 0, cpu", "AUTO, 1, gpu", "CPU, 0, cpu", "CPU, 1, cpu", "CUDA, 1, gpu"})
  void takesCudaWhereItIsAllowedAndThere(DeviceChoice choice, int cudaDevices, String type) {
    assertEquals(type, choice.resolve(cudaDevices).getDeviceType());
  }

  @Test
  void saysThatThereIsNoCudaDevice() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DeviceChoice.CUDA.resolve(0));
    assertEquals("no CUDA device was found; use the CPU", e.getMessage());
  }

  @Test
  void namesDevices() {
    assertEquals("CPU", DeviceChoice.label(Device.cpu()));
    assertEquals("CUDA 1", DeviceChoice.label(Device.gpu(1)));
  }
}
