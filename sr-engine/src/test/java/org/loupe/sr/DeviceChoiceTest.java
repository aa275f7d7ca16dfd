package org.loupe.sr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {

  @Test
  void readsWhatUsersType() {
    assertEquals(DeviceChoice.AUTO, DeviceChoice.parse("auto"));
    assertEquals(DeviceChoice.CPU, DeviceChoice.parse("CPU"));
    assertEquals(DeviceChoice.CUDA, DeviceChoice.parse("Cuda"));
    assertEquals(new DeviceChoice(DeviceChoice.Kind.CUDA, 2), DeviceChoice.parse("cuda:2"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DeviceChoice.parse("gpu"));
    assertEquals("'gpu' is none of auto, cpu, cuda, cuda:N", e.getMessage());
  }

  @Test
  void namesDevices() {
    assertEquals("CPU", DeviceChoice.label(Device.cpu()));
    assertEquals("CUDA 1", DeviceChoice.label(Device.gpu(1)));
  }
}
