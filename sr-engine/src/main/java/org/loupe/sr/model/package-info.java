/** The networks as DJL blocks, and model packages: weights with their manifest. */
package org.loupe.sr.model;
