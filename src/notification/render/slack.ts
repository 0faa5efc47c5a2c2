import type { Notice } from "../../job/notice.ts";
import { tell } from "./facts.ts";

/** The body for an incoming webhook: what Slack shows as blocks, and as text for whoever knows no blocks. */
export function slackBody(notice: Notice): string {
  const { headline, lines, linkText } = tell(notice);
  const link = `<${notice.link}|${linkText}>`;
  const section = (text: string): object => ({ type: "section", text: { type: "mrkdwn", text } });
  return JSON.stringify({
    text: [escaped(headline), ...lines.map(escaped), link].join("\n"),
    blocks: [
      { type: "header", text: { type: "plain_text", text: headline.slice(0, MOST_IN_HEADER), emoji: false } },
      section(lines.map(escaped).join("\n")),
      section(link),
    ],
    // What is behind the link is nobody's preview.
    unfurl_links: false,
    unfurl_media: false,
  });
}

/** Slack refuses longer ones. */
const MOST_IN_HEADER = 150;

/** The three characters that mean something in Slack's markup. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
