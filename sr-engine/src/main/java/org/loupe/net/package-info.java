/** What all connections to servers share. */
package org.loupe.net;
