package org.loupe.nifti;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.loupe.image.Image2;

/** Reads single-file NIfTI-1 and NIfTI-2, plain or gzipped, whatever the name says. */
public final class NiftiReader {

  /** A slice beyond this many voxels is taken for a broken header. */
  private static final long MAX_SLICE = 1L << 26;

  private static final long MAX_SLICES = 1L << 16;

  /** 8 GB as floats. */
  private static final long MAX_VOXELS = 1L << 31;

  private NiftiReader() {}

  /**
   * Reads a file.
   *
   * @throws IOException saying why the file is not a readable NIfTI image
   */
  public static NiftiImage read(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return read(in);
    }
  }

  /** Reads one image from a stream, which stays open. */
  public static NiftiImage read(InputStream in) throws IOException {
    try {
      return readImage(in);
    } catch (EOFException | ZipException e) {
      throw broken(e);
    }
  }

  /** What the inflater says of a compressed file, in words for the user. */
  private static IOException broken(IOException e) {
    String why =
        e instanceof EOFException
            ? "truncated: the compressed file breaks off"
            : "broken: the compressed file cannot be inflated (" + e.getMessage() + ")";
    return new IOException(why, e);
  }

  private static NiftiImage readImage(InputStream in) throws IOException {
    InputStream plain = plain(in);
    NiftiHeader header = header(plain);
    NiftiDatatype type = NiftiDatatype.of(header.datatype());
    long columns = header.size(1);
    long rows = header.size(2);
    long depth = header.size(3);
    if (columns * rows > MAX_SLICE || columns > MAX_SLICE || rows > MAX_SLICE) {
      throw new IOException(
          "NIfTI slices of %d x %d voxels are too large".formatted(columns, rows));
    }
    if (depth > MAX_SLICES || columns * rows * depth > MAX_VOXELS) {
      throw new IOException("NIfTI image of " + depth + " slices is too large");
    }
    List<String> notes = new ArrayList<>();
    double[][] affine = NiftiAffine.of(header, notes);
    long volumes = header.volumes();
    if (volumes > 1) {
      notes.add("the file holds " + volumes + " volumes: the first is shown");
    }
    long headerSize = header.version() == 1 ? NiftiHeader.SIZE_1 : NiftiHeader.SIZE_2;
    skip(plain, header.voxOffset() - headerSize);
    List<Image2> slices = slices(plain, header, type, notes);
    return new NiftiImage(
        header.dims(),
        affine,
        header.qformCode(),
        header.sformCode(),
        NiftiAffine.code(header),
        slices,
        header.phase(),
        notes);
  }

  /** Reads only the header. */
  public static NiftiHeader readHeader(InputStream in) throws IOException {
    try {
      return header(plain(in));
    } catch (EOFException | ZipException e) {
      throw broken(e);
    }
  }

  private static List<Image2> slices(
      InputStream in, NiftiHeader header, NiftiDatatype type, List<String> notes)
      throws IOException {
    int columns = (int) header.size(1);
    int rows = (int) header.size(2);
    int depth = (int) header.size(3);
    boolean scaled = header.slope() != 0 && Double.isFinite(header.slope());
    double slope = scaled ? header.slope() : 1;
    double inter = scaled && Double.isFinite(header.inter()) ? header.inter() : 0;
    // Slice by slice, so that a header that promises too much fails before it costs memory.
    int bytes = columns * rows * type.bytes();
    List<Image2> slices = new ArrayList<>();
    long bad = 0;
    for (int k = 0; k < depth; k++) {
      byte[] raw = in.readNBytes(bytes);
      if (raw.length < bytes) {
        throw new IOException("truncated: it ends in slice %d of %d".formatted(k + 1, depth));
      }
      float[] values = new float[columns * rows];
      type.decode(ByteBuffer.wrap(raw).order(header.order()), values, slope, inter);
      for (int n = 0; n < values.length; n++) {
        if (!Float.isFinite(values[n])) {
          values[n] = 0;
          bad++;
        }
      }
      slices.add(new Image2(values, columns, rows));
    }
    if (bad > 0) {
      notes.add(bad + " voxels are not finite numbers: shown as 0");
    }
    return slices;
  }

  private static InputStream plain(InputStream in) throws IOException {
    InputStream buffered = in.markSupported() ? in : new BufferedInputStream(in, 1 << 16);
    buffered.mark(2);
    int first = buffered.read();
    int second = buffered.read();
    buffered.reset();
    if (first == 0x1f && second == 0x8b) {
      return new GZIPInputStream(buffered, 1 << 16);
    }
    return buffered;
  }

  private static NiftiHeader header(InputStream in) throws IOException {
    byte[] start = in.readNBytes(4);
    if (start.length < 4) {
      throw new IOException("not a NIfTI file: it has only " + start.length + " bytes");
    }
    int size = NiftiHeader.sizeOf(start);
    byte[] bytes = new byte[size];
    System.arraycopy(start, 0, bytes, 0, 4);
    if (in.readNBytes(bytes, 4, size - 4) < size - 4) {
      throw new IOException("truncated: it ends in the NIfTI header");
    }
    return NiftiHeader.parse(bytes);
  }

  private static void skip(InputStream in, long bytes) throws IOException {
    for (long left = bytes; left > 0; ) {
      long step = in.readNBytes((int) Math.min(left, 1 << 16)).length;
      if (step == 0) {
        throw new IOException("truncated: it ends before the voxels");
      }
      left -= step;
    }
  }
}
