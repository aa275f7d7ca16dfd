package org.loupe.sr.model;

import java.util.Map;

/**
 * A residual dense network (Zhang et al. 2018) without upsampling: blocks of densely connected 3x3
 * convolutions, fused by 1x1 convolutions in the block and over all blocks. Input (B, 1, h, w) of 0
 * to 1; output (B, channels, h, w).
 */
final class ResidualDenseEncoder extends GraphBlock {

  /**
   * @param growth channels that each convolution of a block adds
   * @param blocks residual dense blocks
   * @param convolutions of each block
   */
  ResidualDenseEncoder(int channels, int growth, int blocks, int convolutions) {
    super(
        "residual-dense",
        Map.of(
            "BLOCKS", Integer.toString(blocks),
            "CONVOLUTIONS", Integer.toString(convolutions),
            "STRIDE", Integer.toString(2 * (convolutions + 1))));
    convolution("shallow", 1, channels, 3);
    convolution("entry", channels, channels, 3);
    for (int b = 0; b < blocks; b++) {
      for (int c = 0; c < convolutions; c++) {
        convolution("block" + b + "dense" + c, channels + c * growth, growth, 3);
      }
      convolution("block" + b + "fusion", channels + convolutions * growth, channels, 1);
    }
    convolution("fusion", blocks * channels, channels, 1);
    convolution("deep", channels, channels, 3);
  }
}
