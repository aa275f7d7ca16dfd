package org.loupe.sr.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.image.Fixtures;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiReader;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.Passes;
import org.loupe.sr.batch.BatchJob;
import org.loupe.sr.batch.BatchOptions;
import org.loupe.sr.model.ModelPackage;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import picocli.CommandLine;

/** An archive of a DICOM study in folders of its series, NIfTI studies, and files that are none. */
class BatchCommandTest {

  private static final Path DEMO =
      Path.of(System.getProperty("loupe.home"), "assets", "demo", "study");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path archive;
  private Path results;

  @BeforeEach
  void threeSlicesOfTheDemoStudy() throws IOException {
    archive = folder.resolve("archive");
    results = folder.resolve("results");
    for (String series : List.of("T2", "PD")) {
      Path to = Files.createDirectories(archive.resolve("dicom").resolve(series));
      for (int n = 10; n <= 12; n++) {
        String name = "IM%04d.dcm".formatted(n);
        Files.copy(DEMO.resolve(series).resolve(name), to.resolve(name));
      }
    }
    Files.writeString(archive.resolve("notes.txt"), "no image");
    // Objects beside the images, as Loupe itself writes them, are passed over.
    try (InputStream keys = getClass().getResourceAsStream("/org/loupe/dicom/derived/ko.dcm")) {
      Files.copy(keys, archive.resolve("dicom").resolve("KO0001.dcm"));
    }
  }

  private int run(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = SrCli.commandLine(new SrCli());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(Stream.of(args).map(Object::toString).toArray(String[]::new));
  }

  private int batch(Object... more) {
    Object[] first = {"batch", archive, "--out", results};
    return run(Stream.concat(Stream.of(first), Stream.of(more)).toArray());
  }

  private JsonNode report() throws IOException {
    return new ObjectMapper().readTree(results.resolve("report.json").toFile());
  }

  private List<Path> outputs() throws IOException {
    try (Stream<Path> files = Files.walk(results)) {
      return files.filter(f -> f.toString().endsWith(".nii.gz")).sorted().toList();
    }
  }

  @Test
  void makesWhatUpscaleMakesAndSkipsWhatIsThere() throws IOException {
    assertEquals(0, batch(), err::toString);
    JsonNode first = report();
    assertEquals(1, first.path("studies").asInt());
    assertEquals(1, first.path("written").asInt());
    JsonNode item = first.path("items").get(0);
    assertEquals("PD", item.path("reference").asText());
    assertEquals(3, item.path("slices").asInt());
    Path output = results.resolve(item.path("output").asText());
    Path alone = folder.resolve("alone.nii.gz");
    Path dicom = archive.resolve("dicom");
    Object[] upscale = {
      "upscale",
      "--target",
      dicom.resolve("T2"),
      "--reference",
      dicom.resolve("PD"),
      "--scale",
      "2",
      "--out",
      alone
    };
    assertEquals(0, run(upscale), err::toString);
    NiftiImage expected = NiftiReader.read(alone);
    NiftiImage made = NiftiReader.read(output);
    for (int row = 0; row < 4; row++) {
      assertArrayEquals(expected.affine()[row], made.affine()[row], 1e-5);
    }
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(expected.slices().get(k).values(), made.slices().get(k).values());
    }

    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(output, time);
    assertEquals(0, batch(), err::toString);
    assertEquals(1, report().path("skipped").asInt(), out::toString);
    assertEquals(time, Files.getLastModifiedTime(output));

    byte[] whole = Files.readAllBytes(output);
    byte[] damaged = whole.clone();
    damaged[damaged.length / 2] ^= 1;
    Files.write(output, damaged);
    Path killed = output.resolveSibling(".part-1-" + output.getFileName());
    Files.write(killed, damaged);
    assertEquals(0, batch(), err::toString);
    assertEquals(1, report().path("written").asInt(), out::toString);
    assertArrayEquals(whole, Files.readAllBytes(output));
    assertFalse(Files.exists(killed));

    // As a run leaves it that was stopped between output and record.
    Path record =
        output.resolveSibling(output.getFileName().toString().replace(".nii.gz", ".json"));
    String said = Files.readString(record);
    Files.writeString(record, "{\"study\":");
    assertEquals(0, batch(), err::toString);
    assertEquals(1, report().path("written").asInt(), out::toString);

    // By an engine that made other pictures of the same.
    Files.writeString(record, said.replaceFirst("\"engine\" : \\d+", "\"engine\" : 1"));
    assertEquals(0, batch(), err::toString);
    assertEquals(1, report().path("written").asInt(), out::toString);

    assertEquals(0, batch("--unguided"), err::toString);
    assertEquals("none", report().path("items").get(0).path("reference").asText());
    assertEquals(1, report().path("written").asInt(), out::toString);
  }

  @Test
  void oneBadStudyDoesNotStopTheOthers() throws IOException {
    List<Image2> t2 =
        new StudyLoader()
            .load(List.of(archive.resolve("dicom").resolve("T2")), Progress.NONE)
            .allSeries()
            .get(0)
            .volume()
            .slices();
    double[][] affine = {{-1.4, 0, 0, 0}, {0, -1.4, 0, 0}, {0, 0, 4.4, 0}, {0, 0, 0, 1}};
    NiftiImage image = NiftiImage.of(t2.subList(0, 2), affine, 1);
    Path nifti = Files.createDirectories(archive.resolve("nifti"));
    NiftiWriter.write(nifti.resolve("T2.nii.gz"), image);
    NiftiWriter.write(nifti.resolve("T1.nii.gz"), image);
    Path lacking = Files.createDirectories(archive.resolve("without"));
    NiftiWriter.write(lacking.resolve("T1.nii.gz"), image);
    Path broken = Files.createDirectories(archive.resolve("broken"));
    Files.write(broken.resolve("T2.nii"), new byte[400]);

    assertEquals(ExitStatus.UNREADABLE_INPUT, batch("--aligned", "--scale", "1.5"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains("failed; "), err::toString);
    JsonNode report = report();
    assertEquals(4, report.path("studies").asInt());
    assertEquals(2, report.path("written").asInt());
    assertEquals(1, report.path("left_out").asInt());
    assertEquals(1, report.path("failed").asInt());
    Set<String> references = new HashSet<>();
    report.path("items").forEach(item -> references.add(item.path("reference").asText()));
    assertTrue(references.containsAll(List.of("PD", "T1")), references::toString);
    assertEquals(2, outputs().size());
    assertEquals(204, NiftiReader.read(outputs().get(0)).columns());
    assertFalse(Files.readString(results.resolve("report.json")).contains("Colin27"));
  }

  @Test
  void resultsBelowTheArchiveAreNotDoneAgain() throws IOException {
    results = archive.resolve("results");
    assertEquals(0, batch("--unguided"), err::toString);
    assertEquals(0, batch("--unguided"), err::toString);
    assertEquals(1, report().path("studies").asInt());
    assertEquals(1, report().path("skipped").asInt(), out::toString);
    Path inside = archive.resolve("dicom");
    assertEquals(ExitStatus.WRONG_ARGUMENTS, run("batch", inside, "--out", archive));
    assertTrue(err.toString().contains("--out: " + archive + " holds " + inside), err::toString);
  }

  @Test
  void aLinkThatLeadsInACircleDoesNotStopTheOthers() throws IOException {
    Files.createSymbolicLink(archive.resolve("again"), archive);
    assertEquals(ExitStatus.UNREADABLE_INPUT, batch("--unguided"));
    assertEquals(1, report().path("written").asInt(), out::toString);
    assertEquals(1, report().path("failed").asInt());
    assertTrue(report().toString().contains("again: a link that leads in a circle"));
  }

  @Test
  void coordinatesOfAStandardSpaceStayThose() throws IOException {
    double[][] affine = {{-1, 0, 0, 0}, {0, -1, 0, 0}, {0, 0, 3, 0}, {0, 0, 0, 1}};
    Path mni = Files.createDirectories(folder.resolve("mni"));
    NiftiWriter.write(
        mni.resolve("T2.nii.gz"), NiftiImage.of(List.of(Fixtures.pattern(40, 40, 1)), affine, 4));
    assertEquals(0, run("batch", mni, "--out", results), err::toString);
    assertEquals(4, NiftiReader.read(outputs().get(0)).affineCode());
  }

  /** A folder of the working directory may have the model's name. */
  @Test
  void aModelIsFoundByItsNameBesideAFolderOfThatName() throws IOException {
    ModelPackage found = ModelRegistry.standard().find("loupe");
    BatchOptions options = new BatchOptions(2, true, false, true, Passes.ONE);
    Path shipped = found.folder();
    assertEquals("src", BatchJob.of("src", found, DeviceChoice.CPU, options, results).model());
    assertEquals(
        shipped.toAbsolutePath().toString(),
        BatchJob.of(shipped.toString(), found, DeviceChoice.CPU, options, results).model());
  }

  @Test
  void wrongArgumentsAreNamed() throws IOException {
    assertEquals(ExitStatus.WRONG_ARGUMENTS, batch("--scale", "17"));
    assertTrue(err.toString().contains("--scale: 17"), err::toString);
    assertEquals(ExitStatus.WRONG_ARGUMENTS, batch("--report", folder.resolve("no/report.json")));
    assertTrue(err.toString().contains("--report: cannot write"), err::toString);
    Path none = folder.resolve("none");
    assertEquals(ExitStatus.UNREADABLE_INPUT, run("batch", none, "--out", results));
    assertTrue(err.toString().contains("no such file"), err::toString);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertEquals(ExitStatus.UNREADABLE_INPUT, run("batch", empty, "--out", results));
    assertTrue(err.toString().contains("nothing to super-resolve: no images"), err::toString);
  }
}
