package org.loupe.dcm4che;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Fragments;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomInputHandler;
import org.dcm4che3.io.DicomInputStream;
import org.dcm4che3.util.TagUtils;
import org.loupe.dicom.DatasetAssembler;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.Dictionary;
import org.loupe.dicom.Vr;

/**
 * Hands over what dcm4che's parser meets, values byte for byte: dcm4che's own data sets would
 * decode and trim some of them. They get only what the parser asks them for.
 */
final class ElementHandler implements DicomInputHandler {

  private static final String FRAGMENTS_CUT = "truncated: it ends within the compressed pixel data";

  private DatasetAssembler target;

  /** Position in the parser's stream up to which it may be read. */
  private long limit;

  /** Items of the sequence that is being read. */
  private List<DatasetAssembler> items = List.of();

  /** Fragments of the element that is being read. */
  private List<ByteBuffer> fragments = List.of();

  /** Hands the next elements to a data set, as far as they lie before a position. */
  void continueWith(DatasetAssembler next, long end) {
    target = next;
    limit = end;
  }

  @Override
  public void readValue(DicomInputStream in, Attributes attributes) throws IOException {
    if (in.getPosition() > limit) {
      throw new DicomException("broken: it inflates to more than 1 GB");
    }
    if (in.vr() == VR.SQ) {
      readSequence(in, attributes);
    } else if (in.length() == -1) {
      readFragments(in, attributes);
    } else if (in.tag() != 0 || in.length() != 0) { // zeros are padding after the last element
      readBytes(in, attributes);
    }
  }

  private void readBytes(DicomInputStream in, Attributes attributes) throws IOException {
    int tag = in.tag();
    Vr vr = in.explicitVR() ? Vr.valueOf(in.vr().name()) : null;
    byte[] value = read(in);
    target.value(tag, vr, ordered(in, value));
    if (isCut(in, value)) {
      throw new DicomException(
          "truncated: %s has %d bytes of %d"
              .formatted(Dictionary.describe(tag), value.length, in.length() & 0xffffffffL));
    }
    if (tag == Tag.FileMetaInformationGroupLength && value.length == 4) {
      in.setFileMetaInformationGroupLength(value);
    }
    if (TagUtils.isPrivateCreator(tag) || TagUtils.isFileMetaInformation(tag)) {
      attributes.setBytes(tag, in.vr(), value);
    }
  }

  private void readSequence(DicomInputStream in, Attributes attributes) throws IOException {
    int tag = in.tag();
    List<DatasetAssembler> enclosing = items;
    List<DatasetAssembler> own = new ArrayList<>();
    items = own;
    try {
      in.readValue(in, attributes);
    } catch (EOFException e) {
      throw new DicomException("truncated: it ends within a sequence", e);
    } finally {
      items = enclosing;
      target.sequence(tag, own);
    }
  }

  @Override
  public void readValue(DicomInputStream in, Sequence sequence) throws IOException {
    DatasetAssembler enclosing = target;
    DatasetAssembler item = enclosing.item();
    items.add(item);
    target = item;
    try {
      in.readValue(in, sequence);
    } catch (EOFException e) {
      throw new DicomException("truncated: it ends within a sequence item", e);
    } finally {
      target = enclosing;
    }
  }

  private void readFragments(DicomInputStream in, Attributes attributes) throws IOException {
    int tag = in.tag();
    Vr vr = Vr.valueOf(in.vr().name());
    List<ByteBuffer> own = new ArrayList<>();
    fragments = own;
    try {
      in.readValue(in, attributes);
    } catch (EOFException e) {
      throw new DicomException(FRAGMENTS_CUT, e);
    } finally {
      target.fragments(tag, vr, own);
    }
  }

  @Override
  public void readValue(DicomInputStream in, Fragments unused) throws IOException {
    byte[] fragment = read(in);
    fragments.add(ordered(in, fragment));
    if (isCut(in, fragment)) {
      throw new DicomException(FRAGMENTS_CUT);
    }
  }

  /** A value or what there is of it: dcm4che's own reading loses it where it is cut short. */
  private byte[] read(DicomInputStream in) throws IOException {
    long there = Math.max(0, limit - in.getPosition());
    return in.readNBytes((int) Math.min(in.length() & 0xffffffffL, there));
  }

  private static boolean isCut(DicomInputStream in, byte[] value) {
    return value.length < (in.length() & 0xffffffffL);
  }

  private static ByteBuffer ordered(DicomInputStream in, byte[] value) {
    return ByteBuffer.wrap(value)
        .order(in.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void startDataset(DicomInputStream in) {}

  @Override
  public void endDataset(DicomInputStream in) {}
}
