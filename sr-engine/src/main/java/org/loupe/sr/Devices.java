package org.loupe.sr;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.loupe.image.Image2;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.Precision;

/**
 * The devices of this machine as the user is told of them: what is there, what is wrong with it,
 * and how fast a model runs on it. Calls load the engine's library and take seconds the first time.
 */
public final class Devices {

  /** Side of the slice of a trial, pixels. */
  private static final int TRIAL = 128;

  /** Output pixels per pixel in a trial. */
  private static final int FACTOR = 4;

  /**
   * A CUDA device.
   *
   * @param number as in {@code cuda:N}
   * @param freeBytes memory that nobody uses; -1 where it does not tell
   * @param totalBytes memory; -1 where it does not tell
   * @param problem what is wrong with it, in words; empty for nothing known
   */
  public record Card(int number, long freeBytes, long totalBytes, String problem) {

    /** Its name for the screen. */
    public String label() {
      return DeviceChoice.label(Device.gpu(number));
    }
  }

  /**
   * What is there besides the processor.
   *
   * @param problem why there are no cards, in words; empty where there are
   */
  public record Found(List<Card> cards, String problem) {
    public Found {
      cards = List.copyOf(cards);
    }
  }

  /**
   * A model that has run.
   *
   * @param device where, for the screen; with the reason where another device failed
   * @param precision of the encoder's convolutions
   * @param prepareMillis time to prepare a slice of 128 x 128 pixels
   * @param decodeMillis time to decode a view of 512 x 512 pixels of it
   */
  public record Trial(
      String device, Precision precision, double prepareMillis, double decodeMillis) {}

  private final DeviceProvider provider;

  Devices(DeviceProvider provider) {
    this.provider = provider;
  }

  /** Those of this machine. */
  public static Devices here() {
    return new Devices(DeviceProvider.DJL);
  }

  /** Looks which devices there are. */
  public Found find() {
    int count;
    try {
      count = provider.cudaDevices();
    } catch (RuntimeException | LinkageError e) {
      return new Found(List.of(), DeviceFailure.words(e));
    }
    List<Card> cards = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      cards.add(card(n));
    }
    return new Found(cards, cards.isEmpty() ? "no CUDA device was found" : "");
  }

  private Card card(int number) {
    Device device = Device.gpu(number);
    try {
      return new Card(number, provider.freeBytes(device), provider.totalBytes(device), "");
    } catch (RuntimeException | LinkageError e) {
      return new Card(number, -1, -1, DeviceFailure.words(e));
    }
  }

  /**
   * Runs a model on a device that the choice allows: once to warm it up, once by the clock.
   *
   * @throws ModelException where the package is damaged
   * @throws IllegalArgumentException where no such device works; the message is for the user
   */
  public Trial trial(ModelPackage model, DeviceChoice choice) throws ModelException {
    try (SuperResolver engine = SuperResolver.open(model, choice, provider)) {
      Image2 target = new Image2(TRIAL, TRIAL);
      for (int i = 0; i < target.values().length; i++) {
        target.values()[i] = 100 + i % TRIAL;
      }
      SliceInput.Reference reference = new SliceInput.Reference(target, 1, 1);
      SliceInput slice = new SliceInput("trial", target, null, null, reference, null, 1, 1);
      int side = TRIAL * FACTOR;
      View view = new View(1.0 / FACTOR, 1.0 / FACTOR, 0, 0, side, side);
      double prepared = 0;
      double decoded = 0;
      for (int run = 0; run < 2; run++) {
        long start = System.nanoTime();
        try (SliceFeatures features = engine.prepare(slice)) {
          long between = System.nanoTime();
          engine.decode(features, view);
          prepared = (between - start) / 1e6;
          decoded = (System.nanoTime() - between) / 1e6;
        }
      }
      return new Trial(engine.info().device(), engine.precision(), prepared, decoded);
    }
  }
}
