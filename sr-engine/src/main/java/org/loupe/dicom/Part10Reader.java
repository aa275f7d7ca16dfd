package org.loupe.dicom;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads Part 10 files (PS3.10), also those without preamble or file meta information. What a file
 * does not declare is guessed from its first element, and a declared explicit VR that is not there
 * is not insisted on.
 */
final class Part10Reader implements DicomReader {

  private static final int PREAMBLE = 128;

  /** A deflated data set may inflate to this; beyond it is taken for a bomb. */
  private static final int MAX_INFLATED = 1 << 30;

  @Override
  public String name() {
    return "loupe";
  }

  @Override
  public boolean looksLikeDicom(byte[] b) {
    return hasMagic(b, PREAMBLE) || hasMagic(b, 0) || guess(b, 0, false) != null;
  }

  @Override
  public DicomFile read(byte[] bytes) throws DicomException {
    int start = 0;
    if (hasMagic(bytes, PREAMBLE)) {
      start = PREAMBLE + 4;
    } else if (hasMagic(bytes, 0)) {
      start = 4;
    } else if (guess(bytes, 0, false) == null) {
      throw new DicomException("not a DICOM file");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    DicomDataset meta = new DicomDataset(null);
    boolean explicitMeta = bytes.length > start + 6 && hasVr(bytes, start + 4);
    int position = new DicomParser(buffer, explicitMeta).readGroup(meta, 2, start);
    DicomDataset dataset = new DicomDataset(null);
    // A message saved with its command set, which is implicit VR little endian (PS3.7 6.3.1).
    position = new DicomParser(buffer, false).readGroup(dataset, 0, position);
    TransferSyntax syntax = syntax(meta, bytes, position);
    String damage = "";
    if (syntax.deflated()) {
      Inflated inflated = inflate(bytes, position);
      damage = inflated.damage;
      bytes = inflated.bytes;
      buffer = ByteBuffer.wrap(bytes);
      position = 0;
    }
    buffer.order(syntax.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    TransferSyntax looks = guess(bytes, position, true);
    boolean explicit = looks == null ? syntax.explicitVr() : looks.explicitVr();
    DicomParser parser = new DicomParser(buffer, explicit);
    parser.readAll(dataset, position);
    return new DicomFile(meta, dataset, syntax, damage.isEmpty() ? parser.damage() : damage);
  }

  private static TransferSyntax syntax(DicomDataset meta, byte[] bytes, int position) {
    String uid = meta.string(Tag.TRANSFER_SYNTAX_UID);
    TransferSyntax guessed = guess(bytes, position, true);
    if (uid.isEmpty()) {
      if (guessed == null) {
        return TransferSyntax.IMPLICIT_LE; // DICOM's default
      }
      return guessed;
    }
    TransferSyntax declared = TransferSyntax.of(uid);
    boolean plain = !declared.deflated() && !declared.encapsulated();
    boolean wrong =
        guessed != null
            && (guessed.explicitVr() != declared.explicitVr()
                || guessed.bigEndian() != declared.bigEndian());
    return plain && wrong ? guessed : declared;
  }

  /**
   * The syntax that the element at a position looks like; null where it looks like none.
   *
   * @param dicom whether the file is known to be DICOM, so that any group may come first
   */
  private static TransferSyntax guess(byte[] b, int at, boolean dicom) {
    if (b.length < at + 8) {
      return null;
    }
    int little = (b[at] & 0xff) | ((b[at + 1] & 0xff) << 8);
    int big = ((b[at] & 0xff) << 8) | (b[at + 1] & 0xff);
    boolean vr = hasVr(b, at + 4);
    if (isFirstGroup(little) || (dicom && little < big)) {
      long length = ByteBuffer.wrap(b).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 4) & 0xffffffffL;
      if (vr) {
        return TransferSyntax.EXPLICIT_LE;
      }
      return length <= b.length || (b.length <= 512 && length < 1 << 16)
          ? TransferSyntax.IMPLICIT_LE
          : null;
    }
    return (isFirstGroup(big) || dicom) && vr ? TransferSyntax.EXPLICIT_BE : null;
  }

  private static boolean isFirstGroup(int group) {
    return group == 0x0002 || group == 0x0008;
  }

  private static boolean hasVr(byte[] b, int at) {
    return Vr.of(b[at], b[at + 1]) != null;
  }

  private static boolean hasMagic(byte[] b, int at) {
    return b.length >= at + 4
        && b[at] == 'D'
        && b[at + 1] == 'I'
        && b[at + 2] == 'C'
        && b[at + 3] == 'M';
  }

  /** What a deflated data set inflates to, and why it breaks off where it does. */
  private record Inflated(byte[] bytes, String damage) {}

  /** Inflates a raw stream (RFC 1951), or one with the header of zlib that some writers add. */
  private static Inflated inflate(byte[] bytes, int position) throws DicomException {
    Inflated raw = inflate(bytes, position, true);
    if (raw.bytes.length > 0) {
      return raw;
    }
    Inflated wrapped = inflate(bytes, position, false);
    if (wrapped.bytes.length == 0) {
      throw new DicomException(raw.damage);
    }
    return wrapped;
  }

  private static Inflated inflate(byte[] bytes, int position, boolean raw) throws DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Inflater inflater = new Inflater(raw);
    try {
      inflater.setInput(bytes, position, bytes.length - position);
      byte[] part = new byte[1 << 16];
      while (!inflater.finished()) {
        int n = inflater.inflate(part);
        if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return new Inflated(out.toByteArray(), "truncated: the deflated data set breaks off");
        }
        out.write(part, 0, n);
        if (out.size() > MAX_INFLATED) {
          throw new DicomException("the deflated data set is larger than 1 GB");
        }
      }
      return new Inflated(out.toByteArray(), "");
    } catch (DataFormatException e) {
      return new Inflated(out.toByteArray(), "the deflated data set is broken: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}
