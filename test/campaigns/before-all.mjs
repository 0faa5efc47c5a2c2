import beforeEvery from "../support/run/before-all.mjs";

/** Jest's globalSetup for the campaigns: tables that the ordinary run takes some rows of are run whole. */
export default function beforeAll() {
  process.env.SALLYPORT_TEST_WHOLE = "1";
  beforeEvery({ minutes: 60 });
}
