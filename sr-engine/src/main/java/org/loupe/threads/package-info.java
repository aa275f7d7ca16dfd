/** Threads for work that nobody waits for. */
package org.loupe.threads;
