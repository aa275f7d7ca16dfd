package org.loupe.viewer.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
import org.loupe.sr.SliceInput;
import org.loupe.study.Loaded;
import org.loupe.study.Pairing;
import org.loupe.study.Problem;
import org.loupe.study.Series;
import org.loupe.study.Study;
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

  /** Ids of reformatted series, and of what each was cut from. */
  private final Map<String, String> reformats = new HashMap<>();

  /** Confirmed pairs of series ids, in both orders. */
  private final Set<List<String>> confirmed = new HashSet<>();

  /**
   * Why a slice is super-resolved without the reference that its series has, by subject key; known
   * once the slice has been prepared. Written on the inference thread.
   */
  private final Map<String, String> notes = new ConcurrentHashMap<>();

  /**
   * The lattices that series were measured on, by series id; known once a slice has been prepared.
   * Written on the inference thread.
   */
  private final Map<String, AcquiredGrid> acquired = new ConcurrentHashMap<>();

  private final ReadOnlyLongWrapper revision = new ReadOnlyLongWrapper(this, "revision");

  /**
   * Adds what was loaded; a series that is open already takes the place of its older self.
   *
   * @param loaded display-oriented series
   * @return the added series
   */
  public List<OpenSeries> add(Loaded loaded) {
    List<OpenSeries> added = new ArrayList<>();
    for (Study study : loaded.studies()) {
      for (Series s : study.series()) {
        series.removeIf(open -> open.series().id().equals(s.id()));
        acquired.remove(s.id());
        added.add(new OpenSeries(study, s));
      }
    }
    series.addAll(HangingOrder.of(added));
    problems.setAll(loaded.problems());
    problems.addAll(loaded.leftOut());
    changed();
    return added;
  }

  /**
   * Adds a series that was cut from another one; it lies where its source lies. One of the same
   * planes is replaced.
   */
  public void addReformat(OpenSeries source, Series made) {
    int at = series.indexOf(find(made.id()).orElse(null));
    reformats.put(made.id(), source.series().id());
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
  }

  /** The series that a reformatted one was cut from; of another one itself. */
  public Optional<OpenSeries> source(Series of) {
    return find(reformats.getOrDefault(of.id(), of.id()));
  }

  /** Closes everything. */
  public void clear() {
    reformats.clear();
    series.clear();
    problems.clear();
    confirmed.clear();
    notes.clear();
    acquired.clear();
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

  /** The open series of an id. */
  public Optional<OpenSeries> find(String id) {
    return series.stream().filter(open -> open.series().id().equals(id)).findFirst();
  }

  @Override
  public Subject subject(Series target, int slice) {
    if (target.contrast() != Contrast.T2) {
      String contrast = Texts.of("contrast." + target.contrast());
      return new Subject("", null, null, Texts.of("badge.notT2", contrast), null, null);
    }
    if (reformats.containsKey(target.id())) {
      return new Subject("", null, null, Texts.of("badge.reformatted"), null, null);
    }
    Series reference = guide(target, true);
    Series unconfirmed = reference == null ? guide(target, false) : null;
    String key = target.instanceIds().get(slice) + " " + (reference == null ? "" : reference.id());
    String reason = notes.getOrDefault(key, "");
    if (reference == null) {
      reason = Texts.of(unconfirmed == null ? "badge.alone" : "badge.otherFrame");
    }
    boolean left = reference != null && !reason.isEmpty();
    return new Subject(
        key,
        () -> pair(key, target, slice, reference),
        left ? null : reference,
        reason,
        unconfirmed,
        acquired.get(target.id()));
  }

  /** On the inference thread. */
  private SliceInput pair(String key, Series target, int slice, Series reference) {
    // Only series that are paired by their tags or by the user come as far as here.
    AcquiredGrid grid = acquired.computeIfAbsent(target.id(), id -> target.detectAcquiredGrid());
    Pairing.Paired paired = Pairing.pair(target, slice, reference, true, null, grid);
    notes.put(key, paired.note());
    return paired.input();
  }

  /** The best guide among the series that are paired with the target, or among the others. */
  private Series guide(Series target, boolean paired) {
    for (Contrast contrast : Contrast.GUIDES) {
      for (OpenSeries open : series) {
        Series s = open.series();
        boolean own = !reformats.containsKey(s.id());
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
