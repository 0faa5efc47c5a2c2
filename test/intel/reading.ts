/** The moment at which the lists of these tests are read. */
export const NOW = "2026-12-01T12:00:00.000Z";
