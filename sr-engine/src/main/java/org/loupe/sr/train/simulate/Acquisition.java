package org.loupe.sr.train.simulate;

import java.util.List;
import org.loupe.image.Window;

/**
 * How one series of the study is acquired, with times as of a 3 T scanner.
 *
 * @param name T1, PD or T2
 * @param sequence pulse sequence
 * @param columns acquired columns over the field of view
 * @param rows acquired rows
 * @param gain stored units per unit of signal
 * @param snr signal-to-noise ratio of white matter
 */
public record Acquisition(
    String name, Sequence sequence, int columns, int rows, double gain, double snr) {

  public static final Acquisition T1 =
      new Acquisition("T1", Sequence.inversionRecovery(2000, 800, 10), 340, 400, 3500, 40);
  public static final Acquisition PD =
      new Acquisition("PD", Sequence.spinEcho(5000, 14), 340, 400, 1500, 40);
  public static final Acquisition T2 =
      new Acquisition("T2", Sequence.spinEcho(5000, 95), 136, 160, 2000, 30);

  /** What {@link HeadSimulator} acquires, in order. */
  public static final List<Acquisition> ALL = List.of(T1, PD, T2);

  /** T2 as it would be without haste and noise: the truth that super-resolution looks for. */
  static final Acquisition TRUTH =
      new Acquisition("T2", T2.sequence, PD.columns, PD.rows, T2.gain, Double.POSITIVE_INFINITY);

  /** A window that shows the brain: from 0 to half above its brightest tissue but fluid. */
  Window window() {
    double grey = Math.abs(sequence.signal(Tissue.GREY_MATTER));
    double white = Math.abs(sequence.signal(Tissue.WHITE_MATTER));
    double width = Math.rint(1.5 * gain * Math.max(grey, white));
    return new Window(width / 2, width);
  }

  /** Standard deviation of the noise in each of real and imaginary part, stored units. */
  double noise() {
    return gain * Math.abs(sequence.signal(Tissue.WHITE_MATTER)) / snr;
  }
}
