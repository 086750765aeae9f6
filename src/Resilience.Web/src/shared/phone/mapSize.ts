/** What "Open map" loads, compressed. Told to people before they tap; the size check of the build fails when it is no longer true. */
export const MAP_KILOBYTES = 460;
