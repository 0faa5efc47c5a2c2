import { html } from "../../html.ts";
import { notice } from "../../reply.ts";

/** Said to whoever reads through people: what is on the desk is never so much at once. */
export const ENOUGH = notice({
  title: "Enough for now",
  body: html`<p>
    You opened 30 different reports and accounts within an hour. They are for pull requests and grants that wait for you, not for
    reading about people; the next one opens when the hour is over.
  </p>`,
});
