package org.loupe.sr.train.simulate;

/**
 * A pulse sequence's signal equation (Haacke et al., Magnetic Resonance Imaging: Physical
 * Principles and Sequence Design, 1999, chapter 8), relative to the full magnetisation of water.
 *
 * @param tr repetition time, ms
 * @param te (effective) echo time, ms, short against tr
 * @param ti inversion time, ms; 0 for a spin echo without inversion
 */
public record Sequence(double tr, double te, double ti) {

  static Sequence spinEcho(double tr, double te) {
    return new Sequence(tr, te, 0);
  }

  static Sequence inversionRecovery(double tr, double ti, double te) {
    return new Sequence(tr, te, ti);
  }

  /** Whether an inversion pulse precedes the echo. */
  public boolean inverts() {
    return ti > 0;
  }

  /** Negative where inverted magnetisation has not yet passed through zero. */
  double signal(Tissue t) {
    double recovered = 1 - Math.exp(-tr / t.t1());
    if (inverts()) {
      recovered = 1 - 2 * Math.exp(-ti / t.t1()) + Math.exp(-tr / t.t1());
    }
    return t.protonDensity() * recovered * Math.exp(-te / t.t2());
  }
}
