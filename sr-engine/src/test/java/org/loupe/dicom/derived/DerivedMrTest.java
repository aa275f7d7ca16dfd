package org.loupe.dicom.derived;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;

class DerivedMrTest {

  @TempDir Path folder;

  @Test
  void readsBackWithItsPlaceAndItsSources() throws IOException {
    List<DerivedMr.Slice> slices = Samples.slices();
    List<DicomDataset> datasets = DerivedMr.datasets(slices, Samples.derivation());
    List<Path> files = DerivedMr.write(folder.resolve("new"), datasets);
    assertEquals(3, files.size());
    for (int k = 0; k < 3; k++) {
      DicomFile file = DicomReader.configured().read(Files.readAllBytes(files.get(k)));
      DicomDataset d = file.dataset();
      Frame frame = FrameReader.read(file).get(0);
      assertArrayEquals(slices.get(k).pixels().values(), frame.image().values());
      SlicePlane want = slices.get(k).plane();
      // The first sample's centre is the source's, the last one lies where the grid says.
      assertEquals(0, Samples.plane(k).origin().minus(frame.plane().origin()).length(), 1e-9);
      assertEquals(0, want.toPatient(11, 15).minus(frame.plane().toPatient(11, 15)).length(), 1e-6);
      assertEquals(
          List.of("DERIVED", "SECONDARY", "M", "SUPER_RESOLUTION"), d.strings(Tag.IMAGE_TYPE));
      assertEquals(Samples.STUDY, d.string(Tag.STUDY_INSTANCE_UID));
      assertEquals(Samples.FRAME, d.string(Tag.FRAME_OF_REFERENCE_UID));
      assertEquals("Wörner^Ada", d.string(Tag.PATIENT_NAME));
      assertEquals(1001, d.integer(Tag.SERIES_NUMBER, 0));
      assertEquals("RESEARCH", d.string(Tag.CONTENT_QUALIFICATION));
      assertEquals("NO", d.string(Tag.BURNED_IN_ANNOTATION));
      assertEquals("00", d.string(Tag.LOSSY_IMAGE_COMPRESSION));
      List<DicomDataset> sources = d.items(Tag.SOURCE_IMAGE_SEQUENCE);
      assertEquals(k == 0 ? 2 : 3, sources.size());
      assertEquals("2.25.2001" + k, sources.get(0).string(Tag.REFERENCED_SOP_INSTANCE_UID));
      DicomDataset guide = sources.get(sources.size() - 1);
      assertEquals("2.25.2002" + k, guide.string(Tag.REFERENCED_SOP_INSTANCE_UID));
      assertEquals("128250", Code.of(guide, Tag.PURPOSE_OF_REFERENCE_CODE_SEQUENCE).value());
      assertEquals(2, d.items(Tag.REFERENCED_SERIES_SEQUENCE).size());
    }
    String series = datasets.get(0).string(Tag.SERIES_INSTANCE_UID);
    assertTrue(datasets.stream().allMatch(d -> d.string(Tag.SERIES_INSTANCE_UID).equals(series)));
    assertEquals(3, datasets.stream().map(d -> d.string(Tag.SOP_INSTANCE_UID)).distinct().count());
  }

  @Test
  void namesScannerModelAndWeights() throws IOException {
    DicomDataset d = DerivedMr.datasets(Samples.slices(), Samples.derivation()).get(0);
    List<DicomDataset> equipment = d.items(Tag.CONTRIBUTING_EQUIPMENT_SEQUENCE);
    assertEquals("ACME", equipment.get(0).string(Tag.MANUFACTURER));
    assertEquals("4711", equipment.get(0).string(Tag.DEVICE_SERIAL_NUMBER));
    assertEquals("Loupe model loupe", equipment.get(1).string(Tag.MANUFACTURER_MODEL_NAME));
    assertEquals(
        List.of("Loupe " + Software.VERSION, "2"), equipment.get(1).strings(Tag.SOFTWARE_VERSIONS));
    String description = equipment.get(1).string(Tag.CONTRIBUTION_DESCRIPTION);
    assertTrue(description.contains("sr.params SHA-256 " + "ab".repeat(32)), description);
  }

  @Test
  void tellsOfBurntInTextAndOfLossBefore() throws IOException {
    DicomDataset header =
        Samples.header(1, 0)
            .text(Tag.BURNED_IN_ANNOTATION, "YES")
            .text(Tag.LOSSY_IMAGE_COMPRESSION, "01")
            .numbers(Tag.LOSSY_IMAGE_COMPRESSION_RATIO, 12)
            .text(Tag.LOSSY_IMAGE_COMPRESSION_METHOD, "ISO_10918_1")
            .build();
    DerivedMr.Slice plain = Samples.slices().get(0);
    DerivedMr.Slice slice =
        new DerivedMr.Slice(
            plain.pixels(), plain.plane(), Samples.source(header, true), List.of(), List.of());
    DicomDataset d = DerivedMr.datasets(List.of(slice), Samples.derivation()).get(0);
    assertEquals("YES", d.string(Tag.BURNED_IN_ANNOTATION));
    assertEquals("01", d.string(Tag.LOSSY_IMAGE_COMPRESSION));
    assertEquals("ISO_10918_1", d.string(Tag.LOSSY_IMAGE_COMPRESSION_METHOD));
  }

  /** What an enhanced image says in functional groups stands where classic images have it. */
  @Test
  void takesTheAcquisitionFromFunctionalGroups() throws IOException {
    DicomDataset enhanced =
        new DatasetBuilder()
            .text(Tag.SOP_INSTANCE_UID, "2.25.7")
            .text(Tag.STUDY_INSTANCE_UID, Samples.STUDY)
            .text(Tag.SERIES_INSTANCE_UID, "2.25.8")
            .text(Tag.ECHO_PULSE_SEQUENCE, "GRADIENT")
            .items(
                Tag.SHARED_FUNCTIONAL_GROUPS,
                new DatasetBuilder()
                    .items(
                        Tag.PIXEL_MEASURES_SEQUENCE,
                        new DatasetBuilder().numbers(Tag.SLICE_THICKNESS, 3.5).build())
                    .build())
            .items(
                Tag.PER_FRAME_FUNCTIONAL_GROUPS,
                new DatasetBuilder().build(),
                new DatasetBuilder()
                    .items(
                        Tag.DERIVATION_IMAGE_SEQUENCE,
                        new DatasetBuilder().numbers(Tag.EFFECTIVE_ECHO_TIME, 77).build())
                    .build())
            .build();
    SourceImage image =
        new SourceImage(
            FrameTags.of(enhanced, 1), "1.2.840.10008.5.1.4.1.1.4.1", "2.25.7", 2, false);
    DerivedMr.Slice plain = Samples.slices().get(0);
    DerivedMr.Slice slice =
        new DerivedMr.Slice(plain.pixels(), plain.plane(), image, List.of(), List.of());
    DicomDataset d = DerivedMr.datasets(List.of(slice), Samples.derivation()).get(0);
    assertEquals("GR", d.string(Tag.SCANNING_SEQUENCE));
    assertEquals(77, d.number(Tag.ECHO_TIME).getAsDouble());
    assertEquals(3.5, d.number(Tag.SLICE_THICKNESS).getAsDouble());
    assertEquals(
        2, d.items(Tag.SOURCE_IMAGE_SEQUENCE).get(0).integer(Tag.REFERENCED_FRAME_NUMBER, 0));
    assertFalse(d.string(Tag.FRAME_OF_REFERENCE_UID).isEmpty());
  }

  @Test
  void scalesWhatWholeNumbersCannotHold() {
    Image2 small = new Image2(new float[] {-0.25f, 0, 0.5f, 1}, 2, 2);
    StoredPixels stored = StoredPixels.of(List.of(small));
    for (float value : small.values()) {
      assertEquals(value, stored.stored(value) * stored.slope() + stored.intercept(), 1e-5);
    }
    assertEquals(0, stored.stored(Float.NaN));
    StoredPixels signed = StoredPixels.of(List.of(new Image2(new float[] {-20, 3000}, 2, 1)));
    assertTrue(signed.signed());
    assertEquals(1, signed.slope());
  }

  @Test
  void theVersionIsTheBuilds() throws IOException {
    String pom = Files.readString(Path.of(System.getProperty("loupe.home"), "pom.xml"));
    assertTrue(pom.contains("<version>" + Software.VERSION + "</version>"));
  }

  /** What a folder holds stays: the source's own files may lie there. */
  @Test
  void passesOverNamesThatAreTaken() throws IOException {
    List<DicomDataset> datasets = DerivedMr.datasets(Samples.slices(), Samples.derivation());
    Path taken = Files.writeString(folder.resolve("IM0002.dcm"), "a source");
    List<Path> files = DerivedMr.write(folder, datasets);
    assertEquals(
        List.of("IM0001.dcm", "IM0003.dcm", "IM0004.dcm"),
        files.stream().map(f -> f.getFileName().toString()).toList());
    assertEquals("a source", Files.readString(taken));
  }

  /** Low values that were bright stay so; an enhanced image cannot say it. */
  @Test
  void keepsWhichValuesAreBright() throws IOException {
    DicomDataset header =
        Samples.header(1, 0).text(Tag.PHOTOMETRIC_INTERPRETATION, "MONOCHROME1").build();
    DerivedMr.Slice plain = Samples.slices().get(0);
    List<DerivedMr.Slice> slices =
        List.of(
            new DerivedMr.Slice(
                plain.pixels(),
                plain.plane(),
                Samples.source(header, false),
                List.of(),
                List.of()));
    DicomDataset d = DerivedMr.datasets(slices, Samples.derivation()).get(0);
    assertEquals("MONOCHROME1", d.string(Tag.PHOTOMETRIC_INTERPRETATION));
    DerivedFormat enhanced = new DerivedFormat(true, PixelCompression.NONE);
    DicomException e =
        assertThrows(
            DicomException.class, () -> DerivedMr.datasets(slices, Samples.derivation(), enhanced));
    assertTrue(e.getMessage().contains("MONOCHROME1"), e.getMessage());
  }
}
