/** Super-resolves whole archives, study by study, and goes on where it was stopped. */
package org.loupe.sr.batch;
