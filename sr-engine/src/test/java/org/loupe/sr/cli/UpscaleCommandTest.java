package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Uids;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.image.KSpace;
import org.loupe.image.PhaseAxis;
import org.loupe.image.Scanner;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.model.SmallModel;
import picocli.CommandLine;

class UpscaleCommandTest {

  private static final double[][] AFFINE = {
    {-0.5, 0, 0, 90}, {0, 0.75, 0, -120}, {0, 0, 3, -60}, {0, 0, 0, 1}
  };

  @TempDir static Path folder;

  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makeInputs() throws IOException {
    SmallModel.write(folder.resolve("model"));
    SmallModel.write(folder.resolve("damaged"));
    Path weights = folder.resolve("damaged/sr.params");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[99] ^= 4;
    Files.write(weights, bytes);
    NiftiWriter.write(folder.resolve("t2.nii.gz"), NiftiImage.of(slices(21, 17), AFFINE, 1));
    NiftiWriter.write(folder.resolve("t1.nii.gz"), NiftiImage.of(slices(21, 17), AFFINE, 1));
    Files.write(folder.resolve("garbage.nii.gz"), new byte[] {1, 2, 3, 4});
    Files.write(folder.resolve("garbage.dcm"), new byte[400]);
    MrSeriesWriter.write(folder.resolve("dicom"), series(), TransferSyntax.EXPLICIT_LE);
  }

  private static List<Image2> slices(int w, int h) {
    List<Image2> slices = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      slices.add(Fixtures.pattern(w, h, k));
    }
    return slices;
  }

  /** 24 columns of 0.9 mm, 20 rows of 0.8 mm. */
  private static MrSeries series() {
    List<SlicePlane> planes = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      Vec3 origin = new Vec3(-10, -8, 5 + 3 * k);
      planes.add(new SlicePlane(origin, new Vec3(0.9, 0, 0), new Vec3(0, 0.8, 0), 24, 20));
    }
    return new MrSeries(
        new Volume(planes, slices(24, 20)),
        new MrSeries.Patient("Test^Ada", "LOUPE-2", "", "O"),
        new MrSeries.StudyInfo(Uids.fromName("study"), "20250102", "101010", "Test"),
        new MrSeries.Identity(
            Uids.fromName("series"), 2, "t2_tse", "BRAIN", Uids.fromName("frame"), null, "Loupe"),
        new MrSeries.Acquisition(
            List.of("SE"), List.of("SK"), 4000, 95, Double.NaN, 1, 8, 3, false),
        null);
  }

  @Test
  void shapeNamesTheArrayAxesOfANifti() throws IOException {
    Path out = folder.resolve("shape.nii");
    assertEquals(0, upscale("t2.nii.gz", out, "--shape", "50x34"), err::toString);
    byte[] header = Files.readAllBytes(out);
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(16, fields.getShort(70), "float32");
    NiftiImage image = NiftiReader.read(out);
    assertEquals(List.of(50, 34, 3), List.of(image.columns(), image.rows(), image.depth()));
    // 21 columns of 0.5 mm become 50 of 0.21 mm, 17 rows of 0.75 mm become 34 of 0.375 mm; the
    // first sample stays.
    assertAffine(
        new double[][] {{-0.21, 0, 0, 90}, {0, 0.375, 0, -120}, {0, 0, 3, -60}, {0, 0, 0, 1}},
        image);
    for (int k = 0; k < 3; k++) {
      Image2 back = KSpace.degrade(image.slices().get(k), 21, 17);
      assertEquals(0, Fixtures.difference(Fixtures.pattern(21, 17, k), back), 2e-6);
    }
    assertEquals("", err.toString());
  }

  /** 80 x 70 pixels acquired, stored as 128 x 128. */
  @Test
  void startsFromThePixelsThatWereAcquired() throws IOException {
    List<Image2> stored = new ArrayList<>();
    for (Image2 slice : Scanner.object(80, 70, 3)) {
      stored.add(Scanner.stored(slice, Scanner.Filter.NONE, 60, 128, 128, new Random(3)));
    }
    NiftiWriter.write(folder.resolve("filled.nii.gz"), NiftiImage.of(stored, AFFINE, 1));
    Path out = folder.resolve("acquired.nii");
    assertEquals(0, upscale("filled.nii.gz", out, "--shape", "192x256"), err::toString);
    NiftiImage image = NiftiReader.read(out);
    assertAffine(
        new double[][] {
          {-0.5 * 128 / 192, 0, 0, 90}, {0, 0.375, 0, -120}, {0, 0, 3, -60}, {0, 0, 0, 1}
        },
        image);
    Path off = folder.resolve("stored.nii");
    int status = upscale("filled.nii.gz", off, "--shape", "192x256", "--acquired-grid", "off");
    assertEquals(0, status, err::toString);
    for (int k = 0; k < 3; k++) {
      // Odd sizes keep the unpaired highest frequency out of it.
      Image2 acquired = KSpace.degrade(stored.get(k), 79, 69);
      Image2 mine = image.slices().get(k);
      assertEquals(0, Fixtures.difference(acquired, KSpace.degrade(mine, 79, 69)), 2e-3);
      Image2 theirs = NiftiReader.read(off).slices().get(k);
      double kept =
          Fixtures.difference(
              KSpace.degrade(stored.get(k), 127, 127), KSpace.degrade(theirs, 127, 127));
      assertEquals(0, kept, 2e-3);
      double changed =
          Fixtures.difference(
              KSpace.degrade(stored.get(k), 127, 127), KSpace.degrade(mine, 127, 127));
      assertTrue(changed > 1, "the empty band is free to be filled: " + changed);
    }
    StringWriter said = new StringWriter();
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(said, true));
    status =
        line.execute(
            "info",
            "--target",
            folder.resolve("filled.nii.gz").toString(),
            "--model",
            folder.resolve("model").toString(),
            "--device",
            "cpu");
    assertEquals(0, status);
    Matcher target =
        Pattern.compile(
                "target  (\\d+) x (\\d+) acquired of 128 x 128 stored \\(columns x rows\\):"
                    + " spectrum")
            .matcher(said.toString());
    assertTrue(target.find(), said.toString());
    assertEquals(80, Integer.parseInt(target.group(1)), 4);
    assertEquals(70, Integer.parseInt(target.group(2)), 4);
  }

  @Test
  void scaleSliceAndNoConsistency() throws IOException {
    Path out = folder.resolve("scale.nii.gz");
    String reference = folder.resolve("t1.nii.gz").toString();
    int status =
        upscale(
            "t2.nii.gz",
            out,
            "--scale",
            "2.5",
            "--slice",
            "1",
            "--consistency",
            "off",
            "--reference",
            reference);
    assertEquals(0, status, err::toString);
    NiftiImage image = NiftiReader.read(out);
    assertEquals(List.of(52, 42, 1), List.of(image.columns(), image.rows(), image.depth()));
    // Slice 1 lies 3 mm above slice 0.
    assertAffine(
        new double[][] {
          {-0.5 * 21 / 52, 0, 0, 90}, {0, 0.75 * 17 / 42, 0, -120}, {0, 0, 3, -57}, {0, 0, 0, 1}
        },
        image);
    Image2 back = KSpace.degrade(image.slices().get(0), 21, 17);
    assertTrue(Fixtures.difference(Fixtures.pattern(21, 17, 1), back) > 1e-3);
  }

  /** A network that knows slices by their axis of phase encoding sees them the right way round. */
  @Test
  void theAxisOfPhaseEncodingIsTheFiles() throws IOException {
    NiftiImage image = NiftiImage.of(slices(21, 17), AFFINE, 1);
    NiftiWriter.write(folder.resolve("rows.nii"), image.withPhase(PhaseAxis.ROWS));
    Path usual = folder.resolve("usual-phase.nii");
    Path rows = folder.resolve("rows-phase.nii");
    assertEquals(0, upscale("t2.nii.gz", usual, "--scale", "2"), err::toString);
    assertEquals(0, upscale("rows.nii", rows, "--scale", "2"), err::toString);
    NiftiImage made = NiftiReader.read(rows);
    assertEquals(PhaseAxis.ROWS, made.phase());
    assertEquals(PhaseAxis.UNKNOWN, NiftiReader.read(usual).phase());
    Image2 other = NiftiReader.read(usual).slices().get(1);
    assertTrue(Fixtures.difference(other, made.slices().get(1)) > 1e-4);
  }

  @Test
  void saysWhereTheReferenceDoesNotGuide() throws IOException {
    List<Image2> half = slices(21, 17);
    half.forEach(slice -> Arrays.fill(slice.values(), 0, 21 * 9, 0));
    Path part = folder.resolve("part.nii");
    NiftiWriter.write(part, NiftiImage.of(half, AFFINE, 1));
    Path out = folder.resolve("unguided.nii");
    int status = upscale("t2.nii.gz", out, "--scale", "2", "--reference", part.toString());
    assertEquals(0, status, err::toString);
    assertEquals(
        "loupe: 3 of 3 slices: the reference shows only part of this slice",
        err.toString().strip());
  }

  /** In one pass or two, the measured k-space is the same and the rest is not. */
  @Test
  void oneOrTwoPasses() throws IOException {
    Image2[] made = new Image2[3];
    String[] options = {"one", "mirrored", null};
    for (int i = 0; i < made.length; i++) {
      Path out = folder.resolve("passes" + i + ".nii.gz");
      String[] passes = options[i] == null ? new String[0] : new String[] {"--passes", options[i]};
      List<String> all = new ArrayList<>(List.of("--scale", "3", "--slice", "1"));
      all.addAll(List.of(passes));
      assertEquals(0, upscale("t2.nii.gz", out, all.toArray(String[]::new)), err::toString);
      made[i] = NiftiReader.read(out).slices().get(0);
    }
    assertTrue(Fixtures.difference(made[0], made[1]) > 0);
    assertEquals(0, Fixtures.difference(made[1], made[2]));
    assertEquals(
        0,
        Fixtures.difference(KSpace.degrade(made[0], 21, 17), KSpace.degrade(made[1], 21, 17)),
        1e-4);
  }

  /** Fewer rows than were measured come from a whole picture. */
  @Test
  void finerAlongOneAxisAlone() throws IOException {
    Path fine = folder.resolve("fine.nii");
    Path mixed = folder.resolve("mixed.nii");
    assertEquals(0, upscale("t2.nii.gz", fine, "--shape", "42x17"), err::toString);
    assertEquals(0, upscale("t2.nii.gz", mixed, "--shape", "42x9"), err::toString);
    for (int k = 0; k < 3; k++) {
      Image2 wanted = KSpace.degrade(NiftiReader.read(fine).slices().get(k), 42, 9);
      assertEquals(0, Fixtures.difference(wanted, NiftiReader.read(mixed).slices().get(k)), 1e-5);
    }
  }

  @Test
  void aSliceOnePixelWideIsSuperResolvedToo() throws IOException {
    NiftiWriter.write(folder.resolve("line.nii"), NiftiImage.of(slices(1, 64), AFFINE, 1));
    Path out = folder.resolve("wider.nii");
    assertEquals(0, upscale("line.nii", out, "--shape", "1x128"), err::toString);
    assertEquals(128, NiftiReader.read(out).rows());
  }

  @Test
  void writesAPictureOfOneSlice() throws IOException {
    Path out = folder.resolve("picture.png");
    assertEquals(0, upscale("t2.nii.gz", out, "--scale", "2", "--slice", "0"), err::toString);
    BufferedImage picture = ImageIO.read(out.toFile());
    assertEquals(42, picture.getWidth());
    assertEquals(34, picture.getHeight());
    int low = 255;
    int high = 0;
    for (int x = 0; x < 42; x++) {
      int grey = picture.getRaster().getSample(x, 17, 0);
      low = Math.min(low, grey);
      high = Math.max(high, grey);
    }
    assertTrue(high - low > 100, low + " to " + high);
  }

  @Test
  void readsADicomFolderRowsFirst() throws IOException {
    Path out = folder.resolve("dicom.nii.gz");
    assertEquals(0, upscale("dicom", out, "--shape", "40x48"), err::toString);
    NiftiImage image = NiftiReader.read(out);
    assertEquals(List.of(48, 40, 3), List.of(image.columns(), image.rows(), image.depth()));
    // RAS has x and y of the other sign than DICOM's LPS.
    assertAffine(
        new double[][] {{-0.45, 0, 0, 10}, {0, -0.4, 0, 8}, {0, 0, 3, 5}, {0, 0, 0, 1}}, image);
  }

  private static void assertAffine(double[][] wanted, NiftiImage image) {
    for (int row = 0; row < 4; row++) {
      assertArrayEquals(wanted[row], image.affine()[row], 1e-5, "row " + row);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "out.nii, --slice 0, '--scale=S | --shape=HxW'",
    "out.nii, --scale 2 --shape 40x40, mutually exclusive",
    "out.nii, --shape 40, '40 is not HxW'",
    "out.nii, --shape 40xx3, 'is not HxW'",
    "out.nii, --shape 0x40, '0 samples from 21'",
    "out.nii, --shape 40x300, '300 samples from 17'",
    "out.nii, --scale 17, '17.0 is not above 0 and at most 16'",
    "out.nii, --scale -1, '-1.0 is not above 0'",
    "out.nii, --scale two, two",
    "out.nii, --scale 2 --slice 3, '3 is not one of the 3 slices'",
    "out.png, --scale 2, give --slice",
    "out.jpg, --scale 2, 'neither .nii, .nii.gz nor .png'",
    "none/out.nii, --scale 2, cannot write",
    "out.nii, --scale 2 --device tpu, tpu"
  })
  void refusesWrongArguments(String out, String options, String words) {
    Path path = folder.resolve(out);
    assertFails(2, words, upscale("t2.nii.gz", path, options.split(" ", -1)));
    assertFalse(Files.exists(path));
  }

  @ParameterizedTest
  @CsvSource({
    "missing.nii.gz, no such file or folder",
    "garbage.nii.gz, garbage.nii.gz",
    "garbage.dcm, garbage.dcm",
    "model, model"
  })
  void namesInputThatCannotBeRead(String target, String words) {
    Path out = folder.resolve("unread.nii");
    assertFails(3, words, upscale(target, out, "--scale", "2"));
    String input = folder.resolve(target).toString();
    assertFails(3, words, upscale("t2.nii.gz", out, "--scale", "2", "--reference", input));
    assertFalse(Files.exists(out));
  }

  @Test
  void saysWhyAModelDoesNotRun() {
    Path out = folder.resolve("failed.nii");
    String damaged = folder.resolve("damaged").toString();
    assertFails(4, "SHA-256 of sr.params", run("t2.nii.gz", out, damaged, "--scale", "2"));
    assertFails(4, "no model named nobody", run("t2.nii.gz", out, "nobody", "--scale", "2"));
    assertFalse(Files.exists(out));
  }

  private void assertFails(int wanted, String words, int status) {
    String message = err.toString();
    assertEquals(wanted, status, message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.startsWith("loupe: "), message);
    assertTrue(message.contains(words), message);
    err.getBuffer().setLength(0);
  }

  private int upscale(String target, Path out, String... options) {
    return run(target, out, folder.resolve("model").toString(), options);
  }

  private int run(String target, Path out, String model, String... options) {
    List<String> args = new ArrayList<>(List.of("upscale", "--target"));
    args.add(folder.resolve(target).toString());
    args.addAll(List.of("--out", out.toString(), "--model", model));
    if (!List.of(options).contains("--device")) {
      args.addAll(List.of("--device", "cpu"));
    }
    args.addAll(List.of(options));
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setErr(new PrintWriter(err, true));
    return line.execute(args.toArray(String[]::new));
  }
}
