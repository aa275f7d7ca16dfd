package org.loupe.image;

/** The MR contrast of a series, as far as Loupe tells them apart. */
public enum Contrast {
  T2,
  PD,
  T1,
  FLAIR,
  OTHER
}
