package org.loupe.image;

import java.util.List;

/** The MR contrast of a series, as far as Loupe tells them apart. */
public enum Contrast {
  T2,
  PD,
  T1,
  FLAIR,
  OTHER;

  /** Those that guide T2, the best first: PD shares its echo train. */
  public static final List<Contrast> GUIDES = List.of(PD, T1, FLAIR);
}
