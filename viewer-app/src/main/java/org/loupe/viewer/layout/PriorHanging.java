package org.loupe.viewer.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.study.Study;
import org.loupe.viewer.study.HangingOrder;
import org.loupe.viewer.study.OpenSeries;

/**
 * The newest study of a patient over the one before it, contrast by contrast.
 *
 * @param layout two rows, a column for each contrast that both studies have
 * @param series pane by pane: the current study's row, then the prior's
 */
public record PriorHanging(PaneLayout layout, List<OpenSeries> series) {

  private static final List<PaneLayout> LAYOUTS =
      List.of(PaneLayout.TWO_ROWS, PaneLayout.FOUR, PaneLayout.SIX);

  /**
   * How the patient of a series is compared with his prior; nothing where no other study of the
   * patient is open, or the two have no contrast in the same plane. Patients are the same by name,
   * and one without a name is nobody's.
   */
  public static Optional<PriorHanging> of(List<OpenSeries> open, OpenSeries shown) {
    String patient = shown.study().patient();
    // Series of one study that came one by one have each a record of it.
    Map<String, Study> byId = new LinkedHashMap<>();
    open.stream()
        .map(OpenSeries::study)
        .filter(s -> !patient.isBlank() && s.patient().equals(patient))
        .forEach(s -> byId.putIfAbsent(s.id(), s));
    List<Study> studies =
        byId.values().stream().sorted(Comparator.comparing(Study::date).reversed()).toList();
    if (studies.size() < 2) {
      return Optional.empty();
    }
    List<OpenSeries> current = new ArrayList<>();
    List<OpenSeries> prior = new ArrayList<>();
    for (OpenSeries s : HangingOrder.of(of(open, studies.get(0)))) {
      Optional<OpenSeries> same =
          of(open, studies.get(1)).stream()
              .filter(p -> alike(s, p) && !prior.contains(p))
              .findFirst();
      if (same.isPresent() && current.size() < LAYOUTS.size()) {
        current.add(s);
        prior.add(same.get());
      }
    }
    if (current.isEmpty()) {
      return Optional.empty();
    }
    PaneLayout layout = LAYOUTS.get(current.size() - 1);
    current.addAll(prior);
    return Optional.of(new PriorHanging(layout, List.copyOf(current)));
  }

  private static List<OpenSeries> of(List<OpenSeries> open, Study study) {
    return open.stream().filter(s -> s.study().id().equals(study.id())).toList();
  }

  private static boolean alike(OpenSeries a, OpenSeries b) {
    return a.series().contrast() == b.series().contrast()
        && Plane.of(a.series().volume().plane(0)) == Plane.of(b.series().volume().plane(0));
  }
}
