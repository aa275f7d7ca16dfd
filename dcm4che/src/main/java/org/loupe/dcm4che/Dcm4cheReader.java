package org.loupe.dcm4che;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.io.DicomInputStream;
import org.loupe.dicom.DatasetAssembler;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.TransferSyntax;

/**
 * Reads files with dcm4che's parser, which finds the elements; what they mean is up to Loupe's own
 * classes. Chosen by {@code -Dloupe.dicom.reader=dcm4che}.
 */
public final class Dcm4cheReader implements DicomReader {

  /** A deflated data set is read up to this; beyond it is taken for a bomb. */
  private static final long LONGEST_INFLATED = 1L << 30;

  static {
    QuietLog.on();
  }

  @Override
  public String name() {
    return "dcm4che";
  }

  /** As our own reader does, so that both open the same files of a folder. */
  @Override
  public boolean looksLikeDicom(byte[] start) {
    return DicomReader.builtIn().looksLikeDicom(start);
  }

  @Override
  public DicomFile read(byte[] bytes) throws DicomException {
    if (!looksLikeDicom(bytes)) {
      throw new DicomException("not a DICOM file");
    }
    DicomInputStream in;
    try {
      in = new DicomInputStream(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException e) {
      throw new DicomException("broken: dcm4che finds no first element", e);
    }
    DatasetAssembler meta = new DatasetAssembler();
    DatasetAssembler dataset = new DatasetAssembler();
    ElementHandler handler = new ElementHandler();
    in.setDicomInputHandler(handler);
    String damage = "";
    try {
      handler.continueWith(meta, bytes.length);
      in.readFileMetaInformation();
      handler.continueWith(dataset, deflated(in) ? LONGEST_INFLATED : bytes.length);
      in.readAttributes(new Attributes(in.bigEndian()), -1, -1);
    } catch (DicomException e) {
      damage = e.getMessage();
    } catch (EOFException | ZipException e) {
      damage =
          deflated(in)
              ? "truncated: the deflated data set breaks off"
              : "truncated: it ends within an element";
    } catch (IOException | RuntimeException e) {
      // dcm4che checks little of what a hostile file holds.
      damage = "broken: dcm4che cannot read on at byte " + in.getPosition();
    }
    DicomDataset elements = dataset.finish();
    if (elements.isEmpty() && damage.isEmpty()) {
      damage = "truncated: it has no data set";
    }
    return new DicomFile(
        meta.finish(), elements, TransferSyntax.of(in.getTransferSyntax()), damage);
  }

  private static boolean deflated(DicomInputStream in) {
    return TransferSyntax.of(in.getTransferSyntax()).deflated();
  }
}
