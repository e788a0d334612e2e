/** The largest QR code that is shown: its modules are still told apart by a phone from across a room. */
export const QR_VERSION = 15;
/** Bytes that a code of that version holds at low correction, and the largest of all (ISO/IEC 18004, table 7). */
export const QR_CHARACTERS = 520;
export const QR_LARGEST = 2953;
