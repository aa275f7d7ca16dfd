package org.loupe.nifti;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The scalar datatypes of NIfTI (nifti1.h, DT_*). */
enum NiftiDatatype {
  UINT8(2, 1),
  INT16(4, 2),
  INT32(8, 4),
  FLOAT32(16, 4),
  FLOAT64(64, 8),
  INT8(256, 1),
  UINT16(512, 2),
  UINT32(768, 4),
  INT64(1024, 8),
  UINT64(1280, 8);

  private final int code;
  private final int bytes;

  NiftiDatatype(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  int bytes() {
    return bytes;
  }

  static NiftiDatatype of(int code) throws IOException {
    for (NiftiDatatype type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    String name =
        switch (code) {
          case 1 -> "binary";
          case 32, 1792, 2048 -> "complex";
          case 128, 2304 -> "RGB";
          case 1536 -> "float128";
          default -> "unknown";
        };
    throw new IOException("NIfTI voxels of type %s (%d) are not supported".formatted(name, code));
  }

  /** Decodes voxels from the buffer's start as {@code value * slope + inter}. */
  void decode(ByteBuffer in, float[] out, double slope, double inter) {
    for (int n = 0; n < out.length; n++) {
      double v =
          switch (this) {
            case UINT8 -> in.get(n) & 0xff;
            case INT8 -> in.get(n);
            case INT16 -> in.getShort(2 * n);
            case UINT16 -> in.getShort(2 * n) & 0xffff;
            case INT32 -> in.getInt(4 * n);
            case UINT32 -> in.getInt(4 * n) & 0xffffffffL;
            case FLOAT32 -> in.getFloat(4 * n);
            case FLOAT64 -> in.getDouble(8 * n);
            case INT64 -> in.getLong(8 * n);
            case UINT64 -> unsigned(in.getLong(8 * n));
          };
      out[n] = (float) (v * slope + inter);
    }
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : 2.0 * (bits >>> 1);
  }
}
