package org.loupe.sr.remote;

import java.util.function.Supplier;

/** Does again what failed and may pass, after pauses that double. */
final class Attempts {

  private static final long FIRST_PAUSE_MILLIS = 100;

  private final ServerSettings settings;

  Attempts(ServerSettings settings) {
    this.settings = settings;
  }

  /**
   * What an exchange with the server gives, at the first or a later try.
   *
   * @throws RemoteException of the last try
   */
  <T> T of(Supplier<T> exchange) {
    long pause = FIRST_PAUSE_MILLIS;
    for (int left = settings.retries(); ; left--) {
      try {
        return exchange.get();
      } catch (RemoteException e) {
        if (!e.isPassing() || left == 0) {
          throw e;
        }
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw settings.failure("interrupted", false, e);
      }
      pause *= 2;
    }
  }
}
