package org.loupe.viewer.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.loupe.image.AcquiredGrid;
import org.loupe.image.Contrast;
import org.loupe.image.Volume;
import org.loupe.sr.SliceInput;
import org.loupe.study.Loaded;
import org.loupe.study.Pairing;
import org.loupe.study.Problem;
import org.loupe.study.SegmentationOverlay;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.TissueLabels;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.SrSubjects;

/**
 * What is open, and what the user said about it: contrasts, and pairs of series that lie in one
 * frame of reference although their files do not say so. FX thread.
 */
public final class OpenStudies implements SrSubjects {

  private final ObservableList<OpenSeries> series = FXCollections.observableArrayList();
  private final ObservableList<Problem> problems = FXCollections.observableArrayList();

  /** Held here, because an unmodifiable view listens weakly: a second one would fall silent. */
  private final ObservableList<OpenSeries> seriesView =
      FXCollections.unmodifiableObservableList(series);

  private final ObservableList<Problem> problemsView =
      FXCollections.unmodifiableObservableList(problems);

  /** How a series was made of another one, by id. */
  private record Cut(String source, Reformat planes) {}

  /** How reformatted series were made, by their ids. */
  private final Map<String, Cut> reformats = new HashMap<>();

  /** Confirmed pairs of series ids, in both orders. */
  private final Set<List<String>> confirmed = new HashSet<>();

  /**
   * Why a slice is super-resolved without the reference that its series has, by subject key; known
   * once the slice has been prepared. Written on the inference thread.
   */
  private final Map<String, String> notes = new ConcurrentHashMap<>();

  /**
   * The lattices that series were measured on, by {@link Pairing#identity(Series)}; known once a
   * slice has been prepared. Written on the inference thread.
   */
  private final Map<String, AcquiredGrid> acquired = new ConcurrentHashMap<>();

  /** Ids of series whose files are still being read. */
  private final Set<String> growing = new HashSet<>();

  /** DICOM files on disk, by SOP Instance UID. */
  private final Map<String, Path> files = new HashMap<>();

  /** Segmentations of tissues, by SOP Instance UID, the latest last. */
  private final Map<String, TissueLabels> labels = new LinkedHashMap<>();

  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");

  /**
   * Adds what was loaded; a series that is open already takes the place of its older self.
   *
   * @param loaded display-oriented series
   * @return the added series
   */
  public List<OpenSeries> add(Loaded loaded) {
    return add(loaded, Set.copyOf(growing));
  }

  /** As {@link #add}, of series that come while others are being read: those stay. */
  public List<OpenSeries> addBeside(Loaded loaded) {
    return add(loaded, Set.of());
  }

  /**
   * @param unfinished ids of series that are open until these come
   */
  private List<OpenSeries> add(Loaded loaded, Set<String> unfinished) {
    List<OpenSeries> added = new ArrayList<>();
    for (Study study : loaded.studies()) {
      for (Series s : study.series()) {
        added.add(new OpenSeries(study, chosen(s)));
        acquired.keySet().removeIf(lattice -> lattice.startsWith(s.id() + " "));
      }
    }
    Set<String> gone = new HashSet<>(unfinished);
    added.forEach(open -> gone.add(open.series().id()));
    List<OpenSeries> now = new ArrayList<>(series);
    now.removeIf(open -> gone.contains(open.series().id()));
    now.addAll(HangingOrder.of(added));
    growing.removeAll(gone);
    series.setAll(now);
    take(loaded);
    changed();
    return added;
  }

  /**
   * Shows what has been read so far of an opening. Series that are open from before stay as they
   * are until all is read.
   *
   * @param soFar display-oriented series; those that have not grown are the same as the last time
   * @return the series of the opening that are open now
   */
  public List<OpenSeries> grow(Loaded soFar) {
    Set<String> before = new HashSet<>();
    List<OpenSeries> now = new ArrayList<>();
    Map<String, OpenSeries> shown = new HashMap<>();
    for (OpenSeries open : series) {
      if (growing.contains(open.series().id())) {
        shown.put(open.series().id(), open);
      } else {
        before.add(open.series().id());
        now.add(open);
      }
    }
    List<OpenSeries> grown = new ArrayList<>();
    growing.clear();
    for (Study study : soFar.studies()) {
      for (Series s : study.series()) {
        if (!before.contains(s.id())) {
          growing.add(s.id());
          OpenSeries old = shown.get(s.id());
          boolean same = old != null && old.series().volume().equals(s.volume());
          grown.add(same ? old : new OpenSeries(study, chosen(s)));
        }
      }
    }
    now.addAll(grown);
    replace(now);
    take(soFar);
    changed();
    return grown;
  }

  /** One by one, so that what is selected in a list of them stays. */
  private void replace(List<OpenSeries> now) {
    for (int n = 0; n < Math.min(series.size(), now.size()); n++) {
      series.set(n, now.get(n));
    }
    if (now.size() < series.size()) {
      series.remove(now.size(), series.size());
    } else {
      series.addAll(now.subList(series.size(), now.size()));
    }
  }

  /** Closes the series of an opening that has been stopped: they may lack slices. */
  public void abandon() {
    if (!growing.isEmpty()) {
      series.removeIf(open -> growing.contains(open.series().id()));
      growing.clear();
      changed();
    }
  }

  private void take(Loaded loaded) {
    problems.setAll(loaded.problems());
    problems.addAll(loaded.leftOut());
    files.putAll(loaded.files());
    for (TissueLabels each : loaded.labels()) {
      labels.remove(each.instanceUid());
      labels.put(each.instanceUid(), each);
    }
  }

  /** Takes what went wrong after the opening. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /** A series as it was read, with the contrast that the user has chosen while it was. */
  private Series chosen(Series read) {
    Optional<OpenSeries> shown = growing.contains(read.id()) ? find(read.id()) : Optional.empty();
    return shown
        .map(open -> open.series())
        .filter(s -> s.contrast() != read.contrast() && s.chosen())
        .map(s -> read.withContrast(s.contrast()))
        .orElse(read);
  }

  /** The DICOM file on disk that holds a slice, by the slice's identity. */
  public Optional<Path> file(String instanceId) {
    return Optional.ofNullable(files.get(Series.instanceUid(instanceId)));
  }

  /** The DICOM files on disk that hold the slices of series; empty where they are not all known. */
  public Optional<List<Path>> files(List<Series> of) {
    Set<Path> found = new LinkedHashSet<>();
    for (Series s : of) {
      for (String id : s.instanceIds()) {
        Optional<Path> file = file(id);
        if (file.isEmpty()) {
          return Optional.empty();
        }
        found.add(file.get());
      }
    }
    return Optional.of(List.copyOf(found));
  }

  /** What a series has become: that of its id, else the one that holds its slice now. */
  public Optional<OpenSeries> now(Series shown, int slice) {
    return find(shown.id())
        .or(
            () -> {
              String instance = shown.instanceIds().get(slice);
              return series.stream()
                  .filter(open -> open.series().instanceIds().contains(instance))
                  .findFirst();
            });
  }

  /**
   * Adds a series that was cut from another one; it lies where its source lies. One of the same
   * planes is replaced.
   *
   * @return the added series
   */
  public OpenSeries addReformat(OpenSeries source, Reformat planes, Series made) {
    int at = series.indexOf(find(made.id()).orElse(null));
    reformats.put(made.id(), new Cut(source.series().id(), planes));
    for (OpenSeries open : series) {
      if (paired(source.series(), open.series())
          || open.series().id().equals(source.series().id())) {
        confirm(open.series(), made);
      }
    }
    OpenSeries added = source.with(made);
    if (at >= 0) {
      series.set(at, added);
    } else {
      series.add(added);
    }
    changed();
    return added;
  }

  /** Whether a segmentation lies over a series that is open. */
  public boolean liesOver(SegmentationOverlay segmentation) {
    return series.stream().anyMatch(open -> segmentation.liesOver(open.series()));
  }

  /** The series that a reformatted one was cut from; of another one itself. */
  public Optional<OpenSeries> source(Series of) {
    Cut cut = reformats.get(of.id());
    return find(cut == null ? of.id() : cut.source());
  }

  /** The planes that a reformatted series was cut along; empty for another one. */
  public Optional<Reformat> planes(Series of) {
    return Optional.ofNullable(reformats.get(of.id())).map(Cut::planes);
  }

  /** Closes everything. */
  public void clear() {
    reformats.clear();
    series.clear();
    problems.clear();
    confirmed.clear();
    notes.clear();
    acquired.clear();
    growing.clear();
    files.clear();
    labels.clear();
    changed();
  }

  /** Takes the user's contrast for a series. */
  public void chooseContrast(OpenSeries open, Contrast contrast) {
    int at = series.indexOf(open);
    if (at >= 0 && open.series().contrast() != contrast) {
      series.set(at, open.with(open.series().withContrast(contrast)));
      changed();
    }
  }

  /** All open series of the study that a series belongs to; of none that of the first one. */
  public List<OpenSeries> study(String seriesId) {
    return find(seriesId)
        .or(() -> series.stream().findFirst())
        .map(of -> series.stream().filter(s -> s.study().id().equals(of.study().id())).toList())
        .orElse(List.of());
  }

  /** Whether the size of the pixels is known of a series, as of one that is not open. */
  public boolean sized(String id) {
    return find(id).map(open -> open.series().sized()).orElse(true);
  }

  /** The open series of an id. */
  public Optional<OpenSeries> find(String id) {
    return series.stream().filter(open -> open.series().id().equals(id)).findFirst();
  }

  @Override
  public Subject subject(Series target, int slice) {
    if (target.contrast() != Contrast.T2) {
      String contrast = Texts.of("contrast." + target.contrast());
      return Subject.none(Texts.of("badge.notT2", contrast));
    }
    if (reformats.containsKey(target.id())) {
      return Subject.none(Texts.of("badge.reformatted"));
    }
    Series reference = guide(target, true);
    Series unconfirmed = reference == null ? guide(target, false) : null;
    if (growing.contains(target.id())) {
      // Of its neighbours or references some may be missing.
      return Subject.none(Texts.of("badge.reading"));
    }
    TissueLabels tissues = tissues(target, slice);
    String key =
        Pairing.identity(target, slice)
            + " "
            + (reference == null ? "" : reference.id())
            + (tissues == null ? "" : " " + tissues.instanceUid());
    String reason = notes.getOrDefault(key, "");
    if (reference == null) {
      reason = Texts.of(unconfirmed == null ? "badge.alone" : "badge.otherFrame");
    }
    boolean left = reference != null && !reason.isEmpty();
    return new Subject(
        key,
        () -> pair(key, target, slice, reference, tissues),
        left ? null : reference,
        reason,
        unconfirmed,
        acquired.get(Pairing.identity(target)),
        tissues == null ? "" : tissues.name());
  }

  @Override
  public Series other(Series shown, Subject subject, String chosen) {
    return find(chosen)
        .map(OpenSeries::series)
        .filter(s -> paired(shown, s))
        .orElse(subject.reference());
  }

  /** The latest segmentation that has the slice; null where there is none. */
  private TissueLabels tissues(Series target, int slice) {
    TissueLabels latest = null;
    for (TissueLabels each : labels.values()) {
      latest = each.cover(target, slice) ? each : latest;
    }
    return latest;
  }

  /** On the inference thread. */
  private SliceInput pair(
      String key, Series target, int slice, Series reference, TissueLabels tissues) {
    // Only series that are paired by their tags or by the user come as far as here.
    AcquiredGrid grid =
        acquired.computeIfAbsent(Pairing.identity(target), id -> target.detectAcquiredGrid());
    Volume prior = tissues == null ? null : tissues.labels();
    Pairing.Paired paired = Pairing.pair(target, slice, reference, true, prior, grid);
    notes.put(key, paired.note());
    return paired.input();
  }

  /** The best guide among the series that are paired with the target, or among the others. */
  private Series guide(Series target, boolean paired) {
    for (Contrast contrast : Contrast.GUIDES) {
      for (OpenSeries open : series) {
        Series s = open.series();
        boolean own = !reformats.containsKey(s.id()) && !growing.contains(s.id());
        if (own && s.contrast() == contrast && paired(target, s) == paired) {
          return s;
        }
      }
    }
    return null;
  }

  /** Whether two series are known, or said, to lie in one frame of reference. */
  public boolean paired(Series a, Series b) {
    return a.sharesFrameWith(b) || confirmed.contains(List.of(a.id(), b.id()));
  }

  @Override
  public void confirmPair(Series target, Series reference) {
    confirm(target, reference);
    changed();
  }

  private void confirm(Series a, Series b) {
    confirmed.add(List.of(a.id(), b.id()));
    confirmed.add(List.of(b.id(), a.id()));
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  public ObservableList<OpenSeries> series() {
    return seriesView;
  }

  /** What could not be opened, or was left out, the last time. */
  public ObservableList<Problem> problems() {
    return problemsView;
  }

  /** Rises whenever a series, a contrast or a pair changes. */
  public ReadOnlyLongProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
