import { flagReason } from "../../src/web/flag-reason.ts";
import { expect, test } from "../support/jest.ts";

const shown = (because: string): string => flagReason(because).markup.replaceAll(/\s+/g, " ");

test("why a grant was flagged: what met what, and what was found in a list; flags of before are a paragraph", () => {
  expect(shown("The role write meets:\nThe <b> account.\nIt can push.")).toBe(
    "<p>The role write meets:</p> <ul> <li>The &lt;b&gt; account.</li><li>It can push.</li> </ul>",
  );
  expect(shown("One paragraph; as it was.")).toBe("<p>One paragraph; as it was.</p>");
});
