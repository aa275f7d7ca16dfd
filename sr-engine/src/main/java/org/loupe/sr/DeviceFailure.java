package org.loupe.sr;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What CUDA and libtorch say of a device that cannot be used, in words for the user. They say it in
 * the messages of exceptions, sometimes of causes.
 */
final class DeviceFailure {

  private record Saying(String part, String words) {}

  /** By parts of their messages, in lower case; the first that fits counts. */
  private static final List<Saying> SAYINGS =
      List.of(
          new Saying("out of memory", "not enough memory"),
          new Saying("cublas_status_alloc_failed", "not enough memory"),
          new Saying(
              "driver version is insufficient",
              "the NVIDIA driver is too old for this PyTorch: update the driver"),
          new Saying(
              "driver on your system is too old",
              "the NVIDIA driver is too old for this PyTorch: update the driver"),
          new Saying("driver/library version mismatch", "the NVIDIA driver was updated: restart"),
          new Saying("no kernel image is available", "this PyTorch has no code for the card"),
          new Saying("no cuda-capable device", "no CUDA device was found"),
          new Saying("no nvidia driver", "there is no NVIDIA driver"),
          new Saying("uncorrectable ecc", "the card's memory is faulty"),
          new Saying("device-side assert", "the card stopped; it works again after a restart"),
          new Saying(
              "unspecified launch failure", "the card stopped; it works again after a restart"),
          new Saying(
              "all cuda-capable devices are busy", "another program has the card for itself"),
          new Saying("invalid device ordinal", "there is no such CUDA device"));

  private DeviceFailure() {}

  /** What is wrong with the device; empty where the exception speaks of something else. */
  static Optional<String> recognise(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof LinkageError) {
        return Optional.of("the libraries of CUDA or PyTorch cannot be loaded");
      }
      String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
      for (Saying saying : SAYINGS) {
        if (message.contains(saying.part)) {
          return Optional.of(saying.words);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the exception comes of a CUDA device, recognised or not, rather than of the model. */
  static boolean isOfDevice(Throwable e) {
    if (recognise(e).isPresent()) {
      return true;
    }
    for (Throwable t = e; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? "" : t.getMessage().toLowerCase(Locale.ROOT);
      if (message.contains("cuda") || message.contains("cudnn") || message.contains("cublas")) {
        return true;
      }
    }
    return false;
  }

  /** What is wrong with the device, or the first line of what the exception says. */
  static String words(Throwable e) {
    return recognise(e)
        .orElseGet(
            () ->
                e.getMessage() == null || e.getMessage().isBlank()
                    ? e.getClass().getSimpleName()
                    : e.getMessage().strip().lines().findFirst().orElseThrow());
  }
}
