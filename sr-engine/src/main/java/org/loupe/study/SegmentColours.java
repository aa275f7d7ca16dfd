package org.loupe.study;

/** Colours of segments that recommend none: told apart with any colour vision (Okabe and Ito). */
final class SegmentColours {

  private static final int[] PALETTE = {
    0xe69f00, 0x56b4e9, 0x009e73, 0xf0e442, 0xcc79a7, 0xd55e00, 0x0072b2
  };

  private SegmentColours() {}

  /** 0xRRGGBB of the n-th segment, from 0; they come round again after seven. */
  static int of(int n) {
    return PALETTE[n % PALETTE.length];
  }
}
