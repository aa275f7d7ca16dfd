package org.loupe.dicom.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.Region;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine;

/** {@code dicom export} on the demo study, with the model that ships. */
class ExportCommandTest {

  private static final Path DEMO =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");

  @TempDir Path folder;

  private static int run(StringWriter said, Path out, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("--target", DEMO.resolve("T2").toString(), "--scale", "2"));
    line.addAll(List.of("--slice", "11", "--out", out.toString()));
    line.addAll(List.of(more));
    return new CommandLine(new ExportCommand())
        .setErr(new PrintWriter(said))
        .setOut(new PrintWriter(said))
        .execute(line.toArray(String[]::new));
  }

  private static DicomFile file(Path folder) throws IOException {
    return DicomReader.configured().read(Files.readAllBytes(folder.resolve("IM0001.dcm")));
  }

  /** The region's values and places are those of the whole slice, whatever it is written as. */
  @Test
  void aRegionIsPartOfTheWhole() throws IOException {
    assertEquals(0, run(new StringWriter(), folder.resolve("whole")));
    Frame whole = FrameReader.read(file(folder.resolve("whole"))).get(0);
    Region region = new Region(40, 60, 100, 80);
    for (String how : List.of("none", "jpeg-ls", "jpeg-2000")) {
      Path out = folder.resolve(how);
      StringWriter said = new StringWriter();
      assertEquals(0, run(said, out, "--region", "20,30,50x40", "--enhanced", "--compress", how));
      assertTrue(said.toString().startsWith("1 images of 100 x 80"), said.toString());
      DicomFile file = file(out);
      PixelCompression used =
          PixelCompression.valueOf(how.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
      assertEquals(used.syntax(), file.syntax());
      assertEquals(80, file.dataset().integer(Tag.ROWS, 0));
      Frame frame = FrameReader.read(file).get(0);
      Image2 want = region.of(whole.image());
      assertArrayEquals(want.values(), frame.image().values(), 0.51f);
      assertEquals(0, whole.plane().toPatient(40, 60).minus(frame.plane().origin()).length(), 1e-5);
      assertEquals(whole.plane().columnSpacing(), frame.plane().columnSpacing(), 1e-9);
    }
  }

  @Test
  void saysWhatIsWrong() {
    for (String[] wrong :
        new String[][] {
          {"--region", "1,2,3"},
          {"--region", "5000,0,10x10"},
          {"--region", "0,0,0x10"},
          {"--compress", "gif"}
        }) {
      StringWriter said = new StringWriter();
      Path out = folder.resolve("wrong");
      assertEquals(ExitStatus.WRONG_ARGUMENTS, run(said, out, wrong));
      assertTrue(said.toString().contains(wrong[0] + ": "), said.toString());
      assertFalse(Files.exists(out));
    }
  }
}
