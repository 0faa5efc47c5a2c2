/**
 * How many minutes one test may take: the longest of the campaigns takes eight, beside others. The limit is for one that
 * would never end.
 */
export const limitMinutes = (): number => (process.env.SALLYPORT_TEST_WHOLE === undefined ? 10 : 25);
