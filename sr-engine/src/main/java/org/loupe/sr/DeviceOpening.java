package org.loupe.sr;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a model on the best device that works. CUDA devices are tried in the order of their free
 * memory: the model is loaded and a small slice prepared and decoded, which also makes CUDA load
 * its kernels before the first zoom. Where none passes, the CPU takes its place, and its label says
 * why.
 */
final class DeviceOpening {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceOpening.class);

  /** Side of the slice that a device is tried with, pixels. */
  private static final int TRIAL = 32;

  private final ModelPackage model;
  private final DeviceProvider provider;

  /** What was wrong with each device that was tried. */
  private final List<String> reasons = new ArrayList<>();

  DeviceOpening(ModelPackage model, DeviceProvider provider) {
    this.model = model;
    this.provider = provider;
  }

  /**
   * The model on a device that the choice allows.
   *
   * @throws ModelException where the package is damaged
   * @throws IllegalArgumentException where CUDA is asked for and there is none that works
   */
  Backend open(DeviceChoice choice) throws ModelException {
    if (choice.kind() == DeviceChoice.Kind.CPU) {
      return provider.open(model, Device.cpu());
    }
    for (Device device : candidates(choice.number())) {
      Backend backend = tried(device);
      if (backend != null) {
        return backend;
      }
    }
    if (choice.kind() == DeviceChoice.Kind.CUDA) {
      String why = reasons.isEmpty() ? "no CUDA device was found" : String.join("; ", reasons);
      throw new IllegalArgumentException(why + "; use the CPU");
    }
    return onCpu(String.join("; ", reasons));
  }

  /** The same in place of a server, saying why. */
  Backend open(DeviceChoice choice, String why) throws ModelException {
    return because(open(choice), why);
  }

  /** The model on the CPU in place of a device that failed. */
  Backend onCpu(String why) throws ModelException {
    return because(provider.open(model, Device.cpu()), why);
  }

  private static Backend because(Backend backend, String why) {
    return why.isEmpty() ? backend : backend.labelled(backend.device() + " (" + why + ")");
  }

  private List<Device> candidates(int number) {
    int count;
    try {
      count = provider.cudaDevices();
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("CUDA cannot be asked", e);
      reasons.add(DeviceFailure.words(e));
      return List.of();
    }
    if (number >= 0) {
      if (number >= count) {
        reasons.add("CUDA %d: there are %d CUDA devices".formatted(number, count));
        return List.of();
      }
      return List.of(Device.gpu(number));
    }
    return IntStream.range(0, count)
        .mapToObj(Device::gpu)
        .sorted(Comparator.comparingLong(this::freeBytes).reversed())
        .toList();
  }

  private long freeBytes(Device device) {
    try {
      return provider.freeBytes(device);
    } catch (RuntimeException | LinkageError e) {
      LOG.debug("{} does not tell its memory", device, e);
      return 0;
    }
  }

  /** The model on a device that proved to work; null where it does not. */
  private Backend tried(Device device) throws ModelException {
    Backend backend = null;
    try {
      backend = provider.open(model, device);
      warmUp(backend);
      return backend;
    } catch (ModelException | RuntimeException | LinkageError e) {
      if (backend != null) {
        backend.close();
      }
      if (e instanceof ModelException damaged && DeviceFailure.recognise(e).isEmpty()) {
        throw damaged;
      }
      LOG.debug("{} cannot be used", device, e);
      reasons.add(DeviceChoice.label(device) + ": " + DeviceFailure.words(e));
      return null;
    }
  }

  private static void warmUp(Backend backend) {
    Image2 ramp = new Image2(TRIAL, TRIAL);
    for (int i = 0; i < ramp.values().length; i++) {
      ramp.values()[i] = i;
    }
    SliceInput.Reference reference = new SliceInput.Reference(ramp, 1, 1);
    SliceInput input = new SliceInput("trial", ramp, null, null, reference, null, 1, 1);
    try (SliceFeatures features = backend.prepare(input, Passes.ONE)) {
      backend.decode(features, new View(0.5, 0.5, 0, 0, TRIAL, TRIAL));
    }
  }
}
