package org.loupe.viewer.pacs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BiConsumer;
import javafx.application.Platform;
import javafx.concurrent.Task;
import org.loupe.dicom.HeaderReader;
import org.loupe.dicom.Tag;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.dicom.web.DicomWebException;
import org.loupe.dicom.web.Retrieval;
import org.loupe.study.Loaded;
import org.loupe.study.Progress;
import org.loupe.study.StudyLoader;
import org.loupe.viewer.Texts;
import org.loupe.viewer.pacs.StudySearch.SeriesMatch;
import org.loupe.viewer.study.StudyOpener;

/** Retrieving or sending in the background; its value is the sentence that tells the outcome. */
public abstract class Transfer extends Task<String> {

  private final PacsAccess access;
  private final PacsServer server;

  private Transfer(PacsAccess access, PacsServer server) {
    this.access = access;
    this.server = server;
  }

  /** The server that is asked. */
  public PacsServer server() {
    return server;
  }

  PacsAccess access() {
    return access;
  }

  /** The same work from the start; what is done already is not done again. */
  public abstract Transfer again();

  abstract String run(DicomWebClient client) throws IOException;

  @Override
  protected String call() throws IOException {
    try (DicomWebClient client =
        access
            .client(server)
            .orElseThrow(
                () -> new DicomWebException(Texts.of("pacs.credentials", server.name()), 401))) {
      return run(client);
    } catch (CancellationException e) {
      cancel();
      return null;
    }
  }

  /**
   * Retrieves series one after the other; each is opened as soon as it is complete.
   *
   * @param folder gets a folder for each series
   * @param opened takes each series turned for the screen, with its folder, on the FX thread
   */
  public static Transfer retrieve(
      PacsAccess access,
      PacsServer server,
      List<SeriesMatch> series,
      Path folder,
      BiConsumer<Path, Loaded> opened) {
    return new Retrieving(access, server, series, folder, opened);
  }

  /** Sends files. */
  public static Transfer send(PacsAccess access, PacsServer server, List<Path> files) {
    return new Sending(access, server, files);
  }

  private static final class Retrieving extends Transfer {
    private final List<SeriesMatch> series;
    private final Path folder;
    private final BiConsumer<Path, Loaded> opened;

    Retrieving(
        PacsAccess access,
        PacsServer server,
        List<SeriesMatch> series,
        Path folder,
        BiConsumer<Path, Loaded> opened) {
      super(access, server);
      this.series = List.copyOf(series);
      this.folder = folder;
      this.opened = opened;
    }

    @Override
    public Transfer again() {
      return new Retrieving(access(), server(), series, folder, opened);
    }

    @Override
    String run(DicomWebClient client) throws IOException {
      int images = 0;
      for (int n = 0; n < series.size(); n++) {
        SeriesMatch one = series.get(n);
        Path own = folder.resolve(one.uid());
        Progress progress = progress(n, one);
        images += new Retrieval(client).run(one.studyUid(), one.uid(), own, progress).size();
        // Reading takes no time beside retrieving.
        Progress reading = Progress.of(this::isCancelled, (done, total, what) -> {});
        Loaded loaded = StudyOpener.oriented(new StudyLoader().load(List.of(own), reading));
        if (!isCancelled()) {
          Platform.runLater(() -> opened.accept(own, loaded));
        }
      }
      return Texts.of("pacs.retrieved", series.size(), images);
    }

    private Progress progress(int n, SeriesMatch one) {
      String name = one.description().isEmpty() ? one.modality() : one.description();
      return Progress.of(
          this::isCancelled,
          (done, total, what) -> {
            updateMessage(Texts.of("pacs.retrieving", n + 1, series.size(), name, done, total));
            updateProgress(n + (double) done / Math.max(1, total), series.size());
          });
    }
  }

  private static final class Sending extends Transfer {

    /** Files of one request. */
    private static final int AT_ONCE = 10;

    private final List<Path> files;

    /** Files that the server has been asked to take. */
    private int sent;

    /** Those of them that it did not take, and why not, by the standard's codes. */
    private final List<Path> refused = new ArrayList<>();

    private final List<Integer> reasons = new ArrayList<>();

    Sending(PacsAccess access, PacsServer server, List<Path> files) {
      super(access, server);
      this.files = List.copyOf(files);
    }

    @Override
    public Transfer again() {
      List<Path> left = new ArrayList<>(refused);
      left.addAll(files.subList(sent, files.size()));
      return new Sending(access(), server(), left);
    }

    @Override
    String run(DicomWebClient client) throws IOException {
      while (sent < files.size()) {
        if (isCancelled()) {
          throw new CancellationException("sending was cancelled");
        }
        updateMessage(Texts.of("pacs.sending", sent, files.size(), server().name()));
        updateProgress(sent, files.size());
        int end = Math.min(files.size(), sent + AT_ONCE);
        List<Path> some = files.subList(sent, end);
        Map<String, Integer> failures = client.store(some);
        sent = end;
        reasons.addAll(failures.values());
        for (Path file : some) {
          if (!failures.isEmpty() && failures.containsKey(uid(file))) {
            refused.add(file);
          }
        }
      }
      if (!reasons.isEmpty()) {
        throw new DicomWebException(
            Texts.of("pacs.refused", reasons.size(), reason(reasons.get(0))));
      }
      return Texts.of("pacs.sent", files.size(), server().name());
    }

    private static String uid(Path file) throws IOException {
      return HeaderReader.find(file).map(f -> f.dataset().string(Tag.SOP_INSTANCE_UID)).orElse("");
    }

    /** Failure Reason as the standard writes it (PS3.18 table 10.5.3-2). */
    private static String reason(int code) {
      return "%04X".formatted(code);
    }
  }
}
