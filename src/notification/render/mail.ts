import type { Notice } from "../../job/notice.ts";
import { tell } from "./facts.ts";

export interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** Plain text alone: nothing in it is fetched when it is opened. */
export function mailOf(notice: Notice): Mail {
  const { headline, lines, linkText } = tell(notice);
  const text = [headline, "", ...lines, "", `${linkText}: ${notice.link}`, "", WHY, ""].join("\n");
  return { subject: `Sallyport: ${headline}`, text };
}

/** Lines of at most 76 characters need no encoding. */
const WHY = "Sent by Sallyport to the address that its operator named.\nWhat is behind the link asks for a login.";
