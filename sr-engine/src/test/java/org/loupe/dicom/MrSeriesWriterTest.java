package org.loupe.dicom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.image.Window;

class MrSeriesWriterTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0, 4095, 0.5", "0, 1, 1e-5", "-300, 300, 0.005"})
  void readsBackWhatItWrites(double low, double high, double error) throws IOException {
    Vec3 across = new Vec3(0.8, 0.36, 0.48).times(0.7);
    Vec3 down = new Vec3(0, 0.8, -0.6).times(0.9);
    MrSeries series = series(across, down, low, high);
    for (TransferSyntax syntax : List.of(TransferSyntax.EXPLICIT_LE, TransferSyntax.DEFLATED_LE)) {
      List<Path> files = MrSeriesWriter.write(folder, series, syntax);
      for (int k = 0; k < files.size(); k++) {
        DicomFile file = DicomReader.configured().read(Files.readAllBytes(files.get(k)));
        assertEquals(syntax, file.syntax());
        assertEquals("Wörner^Ada", file.dataset().string(Tag.PATIENT_NAME));
        assertEquals("DERIVED", file.dataset().string(Tag.IMAGE_TYPE));
        Frame frame = FrameReader.read(file).get(0);
        assertArrayEquals(series.volume().slice(k).values(), frame.image().values(), (float) error);
        SlicePlane want = series.volume().plane(k);
        assertTrue(want.toPatient(4, 3).minus(frame.plane().toPatient(4, 3)).length() < 1e-9);
        assertEquals(12.5, frame.tags().number(Tag.WINDOW_CENTER).getAsDouble());
      }
    }
  }

  @Test
  void refusesShearedAxes() {
    MrSeries sheared = series(new Vec3(1, 0, 0), new Vec3(0.2, 1, 0), 0, 10);
    IOException e =
        assertThrows(
            IOException.class,
            () -> MrSeriesWriter.write(folder, sheared, TransferSyntax.EXPLICIT_LE));
    assertTrue(e.getMessage().contains("not perpendicular"));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.1, -0.1",
    "0.3333333333333333, 0.33333333333333",
    "-123456.789012345, -123456.78901235",
    "1e-9, 0.000000001",
    "-1.23456789012345e-9, -1.2345678901E-9",
    "65534, 65534"
  })
  void writesDecimalStringsOfSixteenCharacters(double value, String text) {
    assertEquals(text, DecimalString.of(value));
    assertTrue(text.length() <= 16);
  }

  private static MrSeries series(Vec3 across, Vec3 down, double low, double high) {
    Random random = new Random(7);
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      Vec3 origin = new Vec3(-31.4, 20, 5).plus(across.cross(down).unit().times(3.3 * k));
      planes.add(new SlicePlane(origin, across, down, 5, 4));
      float[] values = new float[20];
      for (int n = 0; n < values.length; n++) {
        values[n] = (float) (low + (high - low) * random.nextDouble());
      }
      values[k] = (float) high;
      slices.add(new Image2(values, 5, 4));
    }
    return new MrSeries(
        new Volume(planes, slices),
        new MrSeries.Patient("Wörner^Ada", "LOUPE-1", "", "O"),
        new MrSeries.StudyInfo(Uids.fromName("study"), "20250102", "101010", "Test"),
        new MrSeries.Identity(
            Uids.fromName("series"),
            2,
            "t2",
            "BRAIN",
            Uids.fromName("frame"),
            "simulated",
            "Loupe"),
        new MrSeries.Acquisition(
            List.of("SE"), List.of("SK"), 3000, 90, Double.NaN, 1, 8, 3.3, false),
        new Window(12.5, 25));
  }
}
