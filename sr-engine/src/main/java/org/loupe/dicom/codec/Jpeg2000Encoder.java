package org.loupe.dicom.codec;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriter;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * JPEG 2000, reversible (ISO 15444-1, 5-3 wavelet), by jai-imageio: bare code streams of 16 bits,
 * whatever the precision asked for. As the library promises nothing, each code stream is decoded
 * again before it is given out.
 */
public final class Jpeg2000Encoder implements FrameEncoder {

  /**
   * Smallest side of the coarsest wavelet band, samples: with bands of one or two the library loses
   * the last bits of deep images.
   */
  private static final int COARSEST = 16;

  private static final int MOST_LEVELS = 5;

  @Override
  public byte[] encode(int[] samples, int columns, int rows, int precision) throws CodecException {
    FrameEncoder.require(samples, columns, rows, precision);
    byte[] stream;
    try {
      stream = write(image(samples, columns, rows));
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      throw new CodecException("the frame cannot be encoded as JPEG 2000", e);
    }
    Decoded again =
        new Jpeg2000Decoder().decode(stream, new FrameFormat(columns, rows, 1, DEEPEST));
    if (!Arrays.equals(samples, again.values())) {
      throw new CodecException("the JPEG 2000 code stream is not the same as its frame");
    }
    return stream;
  }

  private static BufferedImage image(int[] samples, int columns, int rows) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_USHORT_GRAY);
    short[] data = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    for (int n = 0; n < data.length; n++) {
      data[n] = (short) samples[n];
    }
    return image;
  }

  private static byte[] write(BufferedImage image) throws IOException {
    J2KImageWriter writer = new J2KImageWriter(new J2KImageWriterSpi());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      J2KImageWriteParam parameters = (J2KImageWriteParam) writer.getDefaultWriteParam();
      parameters.setLossless(true);
      parameters.setFilter(J2KImageWriteParam.FILTER_53);
      parameters.setComponentTransformation(false);
      parameters.setNumDecompositionLevels(levels(image.getWidth(), image.getHeight()));
      parameters.setEncodingRate(Double.MAX_VALUE);
      parameters.setWriteCodeStreamOnly(true);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static int levels(int columns, int rows) {
    int bands = Math.max(1, Math.min(columns, rows) / COARSEST);
    return Math.min(MOST_LEVELS, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(bands));
  }
}
