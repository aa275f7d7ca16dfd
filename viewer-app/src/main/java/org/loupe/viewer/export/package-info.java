/** Pictures and movies of panes for other programs, with what they are burnt in. */
package org.loupe.viewer.export;
