package org.loupe.dcm4che.dimse;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.data.VR;
import org.dcm4che3.io.DicomOutputStream;
import org.dcm4che3.net.Association;
import org.dcm4che3.net.Dimse;
import org.dcm4che3.net.PDVInputStream;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.PresentationContext;
import org.dcm4che3.net.service.BasicCStoreSCP;
import org.dcm4che3.net.service.DicomServiceException;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.HeaderReader;
import org.loupe.image.AtomicFile;

/** Writes what comes by C-STORE into a folder. Of the network's names only sound UIDs are used. */
final class InstanceReceiver extends BasicCStoreSCP {

  /** Largest instance, bytes. */
  private static final long MOST = 4L << 30;

  private final Path folder;
  private final Consumer<Path> received;

  InstanceReceiver(Path folder, Consumer<Path> received) {
    this.folder = folder;
    this.received = received;
  }

  /** The sender is gone, or has sent too much: nothing can be answered. */
  private static final class BrokenOff extends IOException {
    BrokenOff(IOException cause) {
      super(cause);
    }
  }

  @Override
  public void onDimseRQ(
      Association association,
      PresentationContext context,
      Dimse dimse,
      Attributes request,
      PDVInputStream data)
      throws IOException {
    super.onDimseRQ(association, context, dimse, request, data);
    // Told when the sender has its answer: whoever is told may close the receiver.
    received.accept(file(request.getString(Tag.AffectedSOPInstanceUID)));
  }

  private Path file(String uid) {
    return folder.resolve(uid + ".dcm");
  }

  @Override
  protected void store(
      Association association,
      PresentationContext context,
      Attributes request,
      PDVInputStream data,
      Attributes response)
      throws IOException {
    String sopClass = request.getString(Tag.AffectedSOPClassUID, "");
    String uid = request.getString(Tag.AffectedSOPInstanceUID, "");
    if (!Uid.isValid(uid) || !Uid.isValid(sopClass)) {
      throw new DicomServiceException(Status.InvalidObjectInstance);
    }
    Attributes meta =
        association.createFileMetaInformation(uid, sopClass, context.getTransferSyntax());
    meta.setString(Tag.ImplementationClassUID, VR.UI, DicomWriter.IMPLEMENTATION_UID);
    meta.setString(Tag.ImplementationVersionName, VR.SH, DicomWriter.IMPLEMENTATION_NAME);
    try {
      AtomicFile.write(
          file(uid),
          part -> {
            write(part, meta, data);
            requireSame(part, sopClass, uid);
          });
    } catch (BrokenOff e) {
      throw (IOException) e.getCause();
    } catch (DicomServiceException e) {
      throw e;
    } catch (DicomException e) {
      throw new DicomServiceException(Status.CannotUnderstand, e.getMessage());
    } catch (IOException e) {
      throw new DicomServiceException(Status.OutOfResources);
    }
  }

  private static void write(Path part, Attributes meta, InputStream data) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16)) {
      out.write(head(meta));
      byte[] piece = new byte[1 << 16];
      long size = 0;
      for (int n = read(data, piece); n >= 0; n = read(data, piece)) {
        size += n;
        if (size > MOST) {
          throw new BrokenOff(new IOException("an instance of more than 4 GB"));
        }
        out.write(piece, 0, n);
      }
    }
  }

  /** What stands before the data set. Not closed: dcm4che would end a deflated data set, too. */
  private static byte[] head(Attributes meta) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DicomOutputStream(bytes, UID.ExplicitVRLittleEndian).writeFileMetaInformation(meta);
    return bytes.toByteArray();
  }

  private static int read(InputStream data, byte[] piece) throws BrokenOff {
    try {
      return data.read(piece, 0, piece.length);
    } catch (IOException e) {
      throw new BrokenOff(e);
    }
  }

  /** A data set that is another instance than its command says would lie under a wrong name. */
  private static void requireSame(Path part, String sopClass, String uid) throws IOException {
    DicomFile header =
        HeaderReader.find(part).orElseThrow(() -> new DicomException("it is no data set"));
    boolean same =
        header.dataset().string(org.loupe.dicom.Tag.SOP_INSTANCE_UID).equals(uid)
            && FrameReader.sopClass(header).equals(sopClass);
    if (!same) {
      throw new DicomServiceException(Status.DataSetDoesNotMatchSOPClassError);
    }
  }
}
