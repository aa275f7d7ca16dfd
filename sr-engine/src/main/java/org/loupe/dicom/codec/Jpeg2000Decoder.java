package org.loupe.dicom.codec;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReader;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.MsgLogger;

/**
 * JPEG 2000 (ISO 15444-1), decoded by jai-imageio. Its component transform is undone: the values of
 * colour images are red, green and blue.
 */
public final class Jpeg2000Decoder implements FrameDecoder {

  private static final int SOC = 0xff4f;
  private static final int SIZ = 0xff51;
  private static final int CAPABILITIES = 0xff50;
  private static final int COMPONENTS = 40;
  private static final int DEEPEST = 16;

  /** Bytes that may be read beyond the end: some encoders leave out the last marker. */
  private static final int TOLERATED = 16;

  static {
    FacilityManager.registerMsgLogger(null, new Silent());
  }

  /** What is wrong is said by exceptions, not on the console. */
  private static final class Silent implements MsgLogger {
    @Override
    public void printmsg(int severity, String message) {}

    @Override
    public void println(String text, int firstIndent, int indent) {}

    @Override
    public void flush() {}
  }

  /** Whether a frame is wrapped in the file format JP2, which DICOM does not allow but has seen. */
  static boolean isFileFormat(byte[] frame) {
    return frame.length > 12 && int32(frame, 4) == 0x6a502020;
  }

  @Override
  public Decoded decode(byte[] frame, FrameFormat format) throws CodecException {
    int start = codeStream(frame);
    if (frame.length < start + COMPONENTS + 3 || int16(frame, start + 2) != SIZ) {
      throw new CodecException("truncated: no JPEG 2000 header");
    }
    int width = int32(frame, start + 8) - int32(frame, start + 16);
    int height = int32(frame, start + 12) - int32(frame, start + 20);
    int components = int16(frame, start + COMPONENTS);
    format.require("JPEG 2000", width, height, components);
    int precision = (frame[start + COMPONENTS + 2] & 0x7f) + 1;
    if (precision > DEEPEST) {
      throw new CodecException("JPEG 2000 of %d bits is not supported".formatted(precision));
    }
    if (int16(frame, start + 4 + int16(frame, start + 4)) == CAPABILITIES) {
      throw new CodecException("High-Throughput JPEG 2000 is not supported");
    }
    Jpeg2000Syntax.require(frame, start);
    return new Decoded(read(frame, start, format), precision);
  }

  private static int[] read(byte[] frame, int start, FrameFormat format) throws CodecException {
    J2KImageReader reader = new J2KImageReader(new J2KImageReaderSpi());
    try (PaddedInput in = new PaddedInput(frame, start)) {
      reader.setInput(in);
      Raster raster = reader.readRaster(0, null);
      format.require("JPEG 2000", raster.getWidth(), raster.getHeight(), raster.getNumBands());
      if (in.missing() > TOLERATED) {
        throw new CodecException("truncated: the JPEG 2000 code stream breaks off");
      }
      return raster.getPixels(
          raster.getMinX(), raster.getMinY(), format.columns(), format.rows(), (int[]) null);
    } catch (CodecException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      // The library throws errors of its own for what it does not understand.
      throw new CodecException("broken: the JPEG 2000 code stream cannot be decoded", e);
    } finally {
      reader.dispose();
    }
  }

  private static int codeStream(byte[] frame) throws CodecException {
    for (int n = 0; n + 3 < frame.length; n++) {
      if (int16(frame, n) == SOC && int16(frame, n + 2) == SIZ) {
        return n;
      }
    }
    throw new CodecException("broken: no JPEG 2000 code stream");
  }

  private static int int16(byte[] b, int at) {
    return at + 1 < b.length ? ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff) : 0;
  }

  private static int int32(byte[] b, int at) {
    return (int16(b, at) << 16) | int16(b, at + 2);
  }
}
