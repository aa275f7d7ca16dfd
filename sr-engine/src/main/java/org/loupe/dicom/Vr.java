package org.loupe.dicom;

/** Value representations (PS3.5 section 6.2). */
public enum Vr {
  AE(Kind.TEXT, 1),
  AS(Kind.TEXT, 1),
  AT(Kind.NUMBER, 4),
  CS(Kind.TEXT, 1),
  DA(Kind.TEXT, 1),
  DS(Kind.TEXT, 1),
  DT(Kind.TEXT, 1),
  FL(Kind.NUMBER, 4),
  FD(Kind.NUMBER, 8),
  IS(Kind.TEXT, 1),
  LO(Kind.TEXT, 1),
  LT(Kind.TEXT, 1),
  OB(Kind.BYTES, 1),
  OD(Kind.BYTES, 8),
  OF(Kind.BYTES, 4),
  OL(Kind.BYTES, 4),
  OV(Kind.BYTES, 8),
  OW(Kind.BYTES, 2),
  PN(Kind.TEXT, 1),
  SH(Kind.TEXT, 1),
  SL(Kind.NUMBER, 4),
  SQ(Kind.SEQUENCE, 1),
  SS(Kind.NUMBER, 2),
  ST(Kind.TEXT, 1),
  SV(Kind.NUMBER, 8),
  TM(Kind.TEXT, 1),
  UC(Kind.TEXT, 1),
  UI(Kind.TEXT, 1),
  UL(Kind.NUMBER, 4),
  UN(Kind.BYTES, 1),
  UR(Kind.TEXT, 1),
  US(Kind.NUMBER, 2),
  UT(Kind.TEXT, 1),
  UV(Kind.NUMBER, 8);

  /** What a value is made of. */
  public enum Kind {
    TEXT,
    NUMBER,
    BYTES,
    SEQUENCE
  }

  private final Kind kind;
  private final int size;

  Vr(Kind kind, int size) {
    this.kind = kind;
    this.size = size;
  }

  public Kind kind() {
    return kind;
  }

  /** Bytes of one number or word; 1 for text. */
  public int size() {
    return size;
  }

  /** Whether the explicit encoding has two reserved bytes and a length of four (PS3.5 7.1.2). */
  public boolean longForm() {
    return switch (this) {
      case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> true;
      default -> false;
    };
  }

  /** Whether a backslash separates values. */
  public boolean multiValued() {
    return kind == Kind.TEXT
        && switch (this) {
          case LT, ST, UT, UR -> false;
          default -> true;
        };
  }

  /** Whether text depends on the Specific Character Set. */
  public boolean localised() {
    return switch (this) {
      case LO, LT, PN, SH, ST, UC, UT -> true;
      default -> false;
    };
  }

  /** The VR of two characters; null where there is none such. */
  static Vr of(int first, int second) {
    for (Vr vr : values()) {
      if (vr.name().charAt(0) == first && vr.name().charAt(1) == second) {
        return vr;
      }
    }
    return null;
  }
}
