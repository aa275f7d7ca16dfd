package org.loupe.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds the lattice that was measured behind the stored one: from the tags, checked against the
 * spectrum of the slices, and from the spectrum alone where the tags say nothing.
 *
 * <p>A wrong finding would throw measured frequencies away, so doubt always means the stored
 * lattice: an axis counts as zero-filled only where the power falls by more than {@link #DROP}
 * decades to a floor, most slices agree on the place, and at least 20 % of the band are empty.
 */
public final class AcquiredGridDetector {

  /** Most slices that are looked at. */
  private static final int SLICES = 9;

  /** Decades of power between the band and its floor. Full bands have 0.8 and less. */
  private static final double DROP = 1.1;

  /** The same where the band ends within a few samples, and for one slice of several. */
  private static final double DROP_OF_CLEAR = 0.8;

  /** Slices that must find the same edge, and how near, as fractions. */
  private static final double AGREE = 0.6;

  private static final double NEAR = 0.1;

  /** A larger share of the band than this is not worth what lies beyond a soft edge. */
  private static final double MOST = 0.8;

  /** A smaller share than this is no MR image of today. */
  private static final double LEAST = 0.2;

  /** Tags and spectrum this near to each other speak of the same edge: filters soften it. */
  private static final double SAME = 0.2;

  /** Decades that the power must fall across an edge that only the tags name. */
  private static final double DROP_AT_TAG = 0.6;

  private AcquiredGridDetector() {}

  /** The acquired lattice of a volume; takes some tenths of a second for large images. */
  public static AcquiredGrid detect(Volume volume, EncodedMatrix tags) {
    List<double[]> across = new ArrayList<>();
    List<double[]> down = new ArrayList<>();
    for (int k : slices(volume.depth())) {
      List<double[]> profiles = SpectrumProfile.of(volume.slice(k));
      if (profiles != null) {
        across.add(profiles.get(0));
        down.add(profiles.get(1));
      }
    }
    boolean phaseAcross = tags.phase() == PhaseAxis.COLUMNS;
    boolean phaseDown = tags.phase() == PhaseAxis.ROWS;
    Axis columns =
        axis(volume.columns(), tags.columns(), phaseAcross ? tags.sampling() : 1, across);
    Axis rows = axis(volume.rows(), tags.rows(), phaseDown ? tags.sampling() : 1, down);
    String reason =
        columns.reason.equals(rows.reason)
            ? columns.reason
            : "columns: " + columns.reason + "; rows: " + rows.reason;
    return new AcquiredGrid(columns.size, rows.size, volume.columns(), volume.rows(), reason);
  }

  /** Evenly spread over the middle 60 % of the stack, where there is most to see. */
  private static List<Integer> slices(int depth) {
    int count = Math.min(SLICES, depth);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int k = (int) (depth * (0.2 + 0.6 * (i + 0.5) / count));
      if (!chosen.contains(k)) {
        chosen.add(k);
      }
    }
    return chosen;
  }

  private record Axis(int size, String reason) {}

  /**
   * @param stored samples of the axis
   * @param tagged samples by the tags; 0 where they do not say
   * @param sampling the part of {@code tagged} that was measured, if that is not counted in it
   */
  private static Axis axis(int stored, int tagged, double sampling, List<double[]> profiles) {
    boolean readable = !profiles.isEmpty() && profiles.get(0).length >= BandEdge.LEAST;
    List<Integer> claims = claims(stored, tagged, sampling);
    if (!readable) {
      return claims.isEmpty()
          ? new Axis(stored, "too few pixels to tell")
          : new Axis(claims.get(0), "tags; too few pixels to check");
    }
    double[] mean = mean(profiles);
    int found = found(stored, mean, profiles);
    if (found < stored) {
      for (int claim : nearestFirst(claims(stored, tagged, sampling, 1), found)) {
        if (Math.abs((double) claim / found - 1) < SAME) {
          return claim > MOST * stored
              ? new Axis(stored, "full band by the tags")
              : new Axis(claim, "tags, and the spectrum agrees");
        }
      }
      return new Axis(
          found, tagged == 0 ? "spectrum" : "spectrum, although the tags say " + tagged);
    }
    for (int claim : claims) {
      if (BandEdge.dropAt(mean, claim / 2.0) > DROP_AT_TAG) {
        return new Axis(claim, "tags, and the spectrum falls there");
      }
    }
    return new Axis(
        stored,
        claims.isEmpty() ? "full band" : "full band, although the tags say " + claims.get(0));
  }

  /** What the tags may mean, if it is less than what is stored. */
  private static List<Integer> claims(int stored, int tagged, double sampling) {
    return claims(stored, tagged, sampling, MOST);
  }

  private static List<Integer> claims(int stored, int tagged, double sampling, double most) {
    List<Integer> claims = new ArrayList<>();
    for (double lines : new double[] {tagged, tagged * sampling}) {
      int claim = (int) Math.rint(lines);
      if (claim >= LEAST * stored && claim <= most * stored && !claims.contains(claim)) {
        claims.add(claim);
      }
    }
    return claims;
  }

  private static List<Integer> nearestFirst(List<Integer> claims, int found) {
    return claims.stream()
        .sorted((a, b) -> Integer.compare(Math.abs(a - found), Math.abs(b - found)))
        .toList();
  }

  /** Samples by the spectrum, made even; {@code stored} where it has no clear edge. */
  private static int found(int stored, double[] mean, List<double[]> profiles) {
    BandEdge edge = BandEdge.of(mean);
    int size = Math.min(stored, 2 * edge.frequency());
    if (edge.drop() < (edge.sharp() ? DROP_OF_CLEAR : DROP) || size > MOST * stored) {
      return stored;
    }
    int agree = 0;
    for (double[] profile : profiles) {
      BandEdge one = BandEdge.of(profile);
      boolean near = Math.abs((double) one.frequency() / edge.frequency() - 1) < NEAR;
      agree += near && one.drop() > DROP_OF_CLEAR ? 1 : 0;
    }
    return agree >= AGREE * profiles.size() ? size : stored;
  }

  private static double[] mean(List<double[]> profiles) {
    double[] mean = new double[profiles.get(0).length];
    for (double[] profile : profiles) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += profile[k] / profiles.size();
      }
    }
    return mean;
  }
}
