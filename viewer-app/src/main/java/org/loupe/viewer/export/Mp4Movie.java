package org.loupe.viewer.export;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.codecs.h264.encode.RateControl;
import org.jcodec.codecs.h264.io.model.SliceType;
import org.jcodec.common.Codec;
import org.jcodec.common.MuxerTrack;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.VideoEncoder.EncodedFrame;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Packet.FrameType;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.Brand;
import org.jcodec.containers.mp4.muxer.MP4Muxer;

/** H.264 (baseline profile, 4:2:0) in MP4, which every player and presentation program shows. */
final class Mp4Movie {

  /**
   * Quantiser of every block, 0 to 51: at 18 and below a difference to the picture is hard to see.
   */
  private static final int QUANTISER = 16;

  /** Frames from one that stands for itself to the next: a player can start at these. */
  private static final int KEY_INTERVAL = 25;

  private Mp4Movie() {}

  /** The same quality for every block of every picture, whatever it costs. */
  private static final class ConstantQuality implements RateControl {
    @Override
    public int startPicture(Size size, int maxSize, SliceType type) {
      return QUANTISER;
    }

    @Override
    public int initialQpDelta() {
      return 0;
    }

    @Override
    public int accept(int bits) {
      return 0;
    }
  }

  static void write(Path file, int framesPerSecond, MovieFile.Frames frames) throws IOException {
    H264Encoder encoder = new H264Encoder(new ConstantQuality());
    encoder.setKeyInterval(KEY_INTERVAL);
    try (SeekableByteChannel out = NIOUtils.writableChannel(file.toFile())) {
      MP4Muxer muxer = MP4Muxer.createMP4Muxer(out, Brand.MP4);
      MuxerTrack track = null;
      Size size = null;
      long number = 0;
      for (BufferedImage frame = frames.next(); frame != null; frame = frames.next()) {
        Picture picture = picture(frame);
        if (track == null) {
          size = picture.getSize();
          track =
              muxer.addVideoTrack(
                  Codec.H264, VideoCodecMeta.createSimpleVideoCodecMeta(size, ColorSpace.YUV420J));
        } else if (!picture.getSize().equals(size)) {
          throw new IOException("a frame of another size");
        }
        // A block that cannot be predicted takes more bytes than it has pixels.
        ByteBuffer space = ByteBuffer.allocate(4 * frame.getWidth() * frame.getHeight() + 65_536);
        EncodedFrame encoded = encoder.encodeFrame(picture, space);
        FrameType type = encoded.isKeyFrame() ? FrameType.KEY : FrameType.INTER;
        track.addFrame(
            Packet.createPacket(encoded.getData(), number, framesPerSecond, 1, number, type, null));
        number++;
      }
      if (track == null) {
        throw new IOException("a movie without frames");
      }
      muxer.finish();
    }
  }

  /**
   * A picture as video: luma and chroma of BT.601 in the limited range (black 16, white 235), which
   * players assume where a stream does not say, chroma at half the resolution. An odd last column
   * or row is left out: chroma has no half pixels.
   */
  private static Picture picture(BufferedImage image) {
    int w = image.getWidth() & ~1;
    int h = image.getHeight() & ~1;
    Picture out = Picture.create(w, h, ColorSpace.YUV420J);
    int[] rgb = image.getRGB(0, 0, w, h, null, 0, w);
    byte[] luma = out.getPlaneData(0);
    byte[] blue = out.getPlaneData(1);
    byte[] red = out.getPlaneData(2);
    for (int i = 0; i < rgb.length; i++) {
      double y = 0.299 * red(rgb[i]) + 0.587 * green(rgb[i]) + 0.114 * blue(rgb[i]);
      luma[i] = stored(16 + y * 219 / 255);
    }
    for (int y = 0; y < h / 2; y++) {
      for (int x = 0; x < w / 2; x++) {
        double r = 0;
        double g = 0;
        double b = 0;
        for (int k = 0; k < 4; k++) {
          int pixel = rgb[(2 * y + k / 2) * w + 2 * x + k % 2];
          r += red(pixel) / 4.0;
          g += green(pixel) / 4.0;
          b += blue(pixel) / 4.0;
        }
        double luminance = 0.299 * r + 0.587 * g + 0.114 * b;
        blue[y * (w / 2) + x] = stored(128 + (b - luminance) / 1.772 * 224 / 255);
        red[y * (w / 2) + x] = stored(128 + (r - luminance) / 1.402 * 224 / 255);
      }
    }
    return out;
  }

  private static int red(int rgb) {
    return rgb >> 16 & 255;
  }

  private static int green(int rgb) {
    return rgb >> 8 & 255;
  }

  private static int blue(int rgb) {
    return rgb & 255;
  }

  /** The library keeps 0 to 255 as -128 to 127. */
  private static byte stored(double value) {
    return (byte) (Math.clamp(Math.round(value), 0, 255) - 128);
  }
}
