package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/** Opening by headers, with what there is shown while files are still being read. */
class OpeningTest {

  private static final int SERIES = 5;
  private static final int SLICES = 60;
  private static final int SIZE = 16;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    for (int n = 1; n <= SERIES; n++) {
      write(folder.resolve("s" + n), n);
    }
    Files.writeString(folder.resolve("notes.txt"), "no image");
  }

  /** A series of slices 2 mm apart, slice k of value 1000 n + k. */
  private static void write(Path to, int n) throws IOException {
    List<SlicePlane> planes = new ArrayList<>();
    List<Image2> images = new ArrayList<>();
    for (int k = 0; k < SLICES; k++) {
      Vec3 origin = new Vec3(0, 0, 2.0 * k);
      planes.add(new SlicePlane(origin, new Vec3(1, 0, 0), new Vec3(0, 1, 0), SIZE, SIZE));
      float[] values = new float[SIZE * SIZE];
      Arrays.fill(values, 1000 * n + k);
      images.add(new Image2(values, SIZE, SIZE));
    }
    MrSeriesWriter.write(
        to,
        new MrSeries(
            new Volume(planes, images),
            new MrSeries.Patient("Nobody", "1", "", ""),
            new MrSeries.StudyInfo("2.25.7", "20260101", "120000", "many files"),
            new MrSeries.Identity("2.25.8." + n, n, "s" + n, "HEAD", "2.25.9", null, "Loupe"),
            new MrSeries.Acquisition(
                List.of("SE"), List.of("NONE"), 4000, 90, Double.NaN, 1, 1, 2, false),
            null),
        TransferSyntax.EXPLICIT_LE);
  }

  /** Counts what has been read, and stops where it is told to. */
  private static final class Watch implements Progress {
    private final int stopAt;
    private int done;
    private int total;

    Watch(int stopAt) {
      this.stopAt = stopAt;
    }

    @Override
    public boolean cancelled() {
      return done >= stopAt;
    }

    @Override
    public void report(int read, int of, String what) {
      done = read;
      total = of;
    }
  }

  /** A loader to which a second has passed whenever it asks. */
  private static StudyLoader slow() {
    AtomicLong seconds = new AtomicLong();
    return new StudyLoader(1L << 30, 0, () -> seconds.incrementAndGet() * 1_000_000_000L);
  }

  @Test
  void showsTheFirstSeriesBeforeTheLastFileIsRead() {
    Watch watch = new Watch(Integer.MAX_VALUE);
    List<Loaded> shown = new ArrayList<>();
    List<Integer> read = new ArrayList<>();
    Consumer<Loaded> show =
        soFar -> {
          shown.add(soFar);
          read.add(watch.done);
        };
    Loaded end = slow().open(List.of(folder), watch, show);

    assertTrue(shown.size() >= 2, shown.size() + " times");
    assertTrue(read.get(0) < watch.total, read + " of " + watch.total);
    Series first = shown.get(0).allSeries().get(0);
    assertFalse(Float.isNaN(first.volume().slice(0).at(0, 0)));
    for (int n = 1; n < shown.size(); n++) {
      assertTrue(slices(shown.get(n)) >= 1.5 * slices(shown.get(n - 1)) - 1);
    }
    assertEquals(SERIES * SLICES, slices(end));
    assertEquals(List.of(), end.problems());
    assertTrue(end.files().get("2.25.8.3.7").endsWith("s3/IM0007.dcm"));
    // What was whole when it was shown is the very same series at the end.
    Set<String> whole = new HashSet<>();
    for (Series s : shown.get(shown.size() - 1).allSeries()) {
      if (s.volume().depth() == SLICES) {
        whole.add(s.id());
        assertSame(s, find(end, s.id()));
      }
    }
    assertFalse(whole.isEmpty());
  }

  @Test
  void givesWhatReadingEverythingAtOnceGives() {
    Loaded later = slow().open(List.of(folder), Progress.NONE, soFar -> {});
    Loaded atOnce = new StudyLoader().load(List.of(folder), Progress.NONE);
    assertEquals(atOnce.files(), later.files());
    for (Series s : atOnce.allSeries()) {
      Series t = find(later, s.id());
      assertEquals(s.instanceIds(), t.instanceIds());
      assertEquals(s.notes(), t.notes());
      assertEquals(s.contrastReason(), t.contrastReason());
      assertEquals(s.volume().planes(), t.volume().planes());
      assertArrayEquals(s.volume().slice(9).values(), t.volume().slice(9).values());
    }
  }

  @Test
  void isShownOnceWhereItIsQuick() {
    List<Loaded> shown = new ArrayList<>();
    new StudyLoader(1L << 30, 0, () -> 0).open(List.of(folder), Progress.NONE, shown::add);
    assertEquals(List.of(), shown);
  }

  @Test
  void stopsWhenItIsCancelled() throws InterruptedException {
    Watch watch = new Watch(10);
    assertThrows(
        CancellationException.class, () -> slow().open(List.of(folder), watch, soFar -> {}));
    assertEquals(10, watch.done);
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("read")) {
        thread.join(60_000);
        assertFalse(thread.isAlive(), thread.getName());
      }
    }
  }

  @Test
  void saysWhichFilesHaveVanished(@TempDir Path a, @TempDir Path b) throws IOException {
    write(a, 1);
    write(b, 2);
    Progress deleting =
        new Progress() {
          @Override
          public boolean cancelled() {
            return false;
          }

          @Override
          public void report(int done, int total, String what) {
            // The files of the first folder are listed, none is read yet.
            if (total == 0 && what.equals(b.toString())) {
              delete(a.resolve("IM0002.dcm"));
            }
          }
        };
    Loaded loaded = new StudyLoader().open(List.of(a, b), deleting, soFar -> {});
    assertEquals(List.of(new Problem("IM0002.dcm", "no such file")), loaded.problems());

    delete(b.resolve("IM0005.dcm"));
    Volume second = find(loaded, "2.25.8.2").volume();
    UncheckedIOException gone = assertThrows(UncheckedIOException.class, () -> second.slice(4));
    assertEquals("IM0005.dcm: no such file", gone.getMessage());
    assertEquals(2005, second.slice(5).at(0, 0));
  }

  @Test
  void readsFramesOfOneFileLater(@TempDir Path to) throws IOException {
    Path file = to.resolve("enhanced.dcm");
    try (InputStream in = DicomFile.class.getResourceAsStream("enhanced.dcm")) {
      Files.copy(in, file);
    }
    Loaded later = new StudyLoader().open(List.of(file), Progress.NONE, soFar -> {});
    for (Series s : new StudyLoader().load(List.of(file), Progress.NONE).allSeries()) {
      Volume volume = find(later, s.id()).volume();
      assertEquals(s.volume().planes(), volume.planes());
      assertTrue(volume.depth() > 1);
      for (int k = 0; k < volume.depth(); k++) {
        assertArrayEquals(s.volume().slice(k).values(), volume.slice(k).values());
      }
    }
  }

  @Test
  void readsPixelsOfArchivesLaterToo(@TempDir Path to) throws IOException {
    Path archive = to.resolve("study.zip");
    try (OutputStream out = Files.newOutputStream(archive);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int k = 1; k <= 3; k++) {
        String name = "IM%04d.dcm".formatted(k);
        zip.putNextEntry(new ZipEntry("a/" + name));
        Files.copy(folder.resolve("s1").resolve(name), zip);
      }
    }
    Loaded loaded = new StudyLoader().open(List.of(archive), Progress.NONE, soFar -> {});
    Volume volume = loaded.allSeries().get(0).volume();
    assertEquals(1001, volume.slice(1).at(0, 0));
    delete(archive);
    UncheckedIOException gone = assertThrows(UncheckedIOException.class, () -> volume.slice(2));
    assertEquals("study.zip > a/IM0003.dcm: no such file", gone.getMessage());
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int slices(Loaded loaded) {
    return loaded.allSeries().stream().mapToInt(s -> s.volume().depth()).sum();
  }

  private static Series find(Loaded loaded, String id) {
    return loaded.allSeries().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }
}
