package org.loupe.sr.train.simulate;

/**
 * Tissue fractions of one voxel, from the intensity of the T1-weighted head as partial volume
 * between the tissues' typical intensities. They sum to at most 1; the rest is bone or air, without
 * signal. Mutable, as there is one for millions of voxels.
 *
 * <p>In the cranial cavity: bone, CSF, grey matter, white matter, in the order of their T1
 * intensity. Outside it: bone and air, muscle and skin, fat.
 */
final class Mixture {

  /** Intensities of the Colin 27 average: below BONE no signal, at CSF_FULL nothing but fluid. */
  private static final double BONE = 12;

  private static final double CSF_FULL = 22;
  private static final double CSF = 29;
  private static final double GREY = 84;
  private static final double WHITE = 116;
  private static final double MUSCLE = 72;
  private static final double FAT = 125;

  private double csf;
  private double grey;
  private double white;
  private double lesion;
  private double fat;
  private double muscle;

  /**
   * @param intensity of the source
   * @param sharp its deblurred intensity
   * @param cranial weight of the cranial cavity, 0 to 1
   * @param plaque fraction of the white matter that is lesion, 0 to 1
   * @param fluid fraction of what is left of it that is a perivascular space, 0 to 1
   */
  void set(double intensity, double sharp, double cranial, double plaque, double fluid) {
    // Deblurring overshoots into bone's range inside sulci, so bone is told by the source itself.
    double soft = cranial * ramp(intensity, BONE, CSF_FULL);
    double brain = soft * crisp(ramp(sharp, CSF, GREY));
    double inner = brain * crisp(ramp(sharp, GREY, WHITE));
    double space = inner * (1 - plaque) * fluid;
    csf = soft - brain + space;
    grey = brain - inner;
    white = inner * (1 - plaque) - space;
    lesion = inner * plaque;
    double outer = (1 - cranial) * ramp(intensity, BONE, MUSCLE);
    fat = outer * ramp(intensity, MUSCLE, FAT);
    muscle = outer - fat;
  }

  /** What each unit of a tissue gives in one acquisition. */
  static final class Weights {
    private final double csf;
    private final double grey;
    private final double white;
    private final double lesion;
    private final double fat;
    private final double muscle;

    Weights(Acquisition a) {
      csf = a.gain() * a.sequence().signal(Tissue.CSF);
      grey = a.gain() * a.sequence().signal(Tissue.GREY_MATTER);
      white = a.gain() * a.sequence().signal(Tissue.WHITE_MATTER);
      lesion = a.gain() * a.sequence().signal(Tissue.LESION);
      fat = a.gain() * a.sequence().signal(Tissue.FAT);
      muscle = a.gain() * a.sequence().signal(Tissue.MUSCLE);
    }
  }

  /** Signal in stored units; negative where inverted magnetisation prevails. */
  double signal(Weights w) {
    return csf * w.csf
        + grey * w.grey
        + white * w.white
        + lesion * w.lesion
        + fat * w.fat
        + muscle * w.muscle;
  }

  private static double ramp(double v, double low, double high) {
    return Math.clamp((v - low) / (high - low), 0, 1);
  }

  /** Most of the way to a smooth step: the source's voxels are wider than tissues' borders. */
  private static double crisp(double t) {
    return 0.25 * t + 0.75 * t * t * (3 - 2 * t);
  }
}
