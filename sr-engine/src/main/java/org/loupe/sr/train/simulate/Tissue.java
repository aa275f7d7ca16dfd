package org.loupe.sr.train.simulate;

/**
 * What the simulated head is made of, with relaxation times at 3 T. Bone and air give no signal and
 * are the rest to 1.
 *
 * <p>Sources: white and grey matter T1, T2: Wansapura et al., J. Magn. Reson. Imaging 9:531 (1999).
 * CSF T1: Rooney et al., Magn. Reson. Med. 57:308 (2007); T2: Piechnik et al., Magn. Reson. Med.
 * 61:579 (2009), rounded. Fat and muscle: Gold et al., Am. J. Roentgenol. 183:343 (2004). Proton
 * densities of brain: water contents in Tofts, Quantitative MRI of the Brain (2003). The lesion is
 * not measured but chosen: between grey matter and CSF, as chronic plaques of multiple sclerosis
 * are. The proton densities of fat and muscle are chosen too.
 */
enum Tissue {
  CSF(1.00, 4300, 2000),
  GREY_MATTER(0.82, 1331, 110),
  WHITE_MATTER(0.70, 832, 79.6),
  LESION(0.86, 1500, 180),
  FAT(0.90, 371, 133),
  MUSCLE(0.80, 1420, 31.7);

  private final double protonDensity;
  private final double t1;
  private final double t2;

  Tissue(double protonDensity, double t1, double t2) {
    this.protonDensity = protonDensity;
    this.t1 = t1;
    this.t2 = t2;
  }

  /** Relative to water. */
  double protonDensity() {
    return protonDensity;
  }

  /** Longitudinal relaxation time, ms. */
  double t1() {
    return t1;
  }

  /** Transverse relaxation time, ms. */
  double t2() {
    return t2;
  }
}
