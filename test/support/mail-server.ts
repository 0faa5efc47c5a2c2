import { createServer, type Socket } from "node:net";
import { listening } from "./listening.ts";

export interface MailServer {
  /** `smtp://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** What was handed over, headers and text, with the envelope before it. */
  readonly mails: readonly string[];
  /** Commands as they came. */
  readonly commands: readonly string[];
  close(): Promise<void>;
}

/** A server that speaks as much SMTP as a client of ours needs; `replies` takes the place of what it says to a command. */
export async function mailServer(replies: Readonly<Record<string, string>> = {}): Promise<MailServer> {
  const mails: string[] = [];
  const commands: string[] = [];
  const server = createServer((socket) => {
    // A client that gives up resets the connection.
    socket.on("error", () => {});
    socket.write(`${replies.GREETING ?? "220 mail.example ESMTP"}\r\n`);
    converse(socket, { replies, mails, commands });
  });
  const { port, close } = await listening(server);
  return { url: `smtp://127.0.0.1:${port}`, port, mails, commands, close };
}

const SAYS: Readonly<Record<string, string>> = {
  EHLO: "250-mail.example\r\n250 AUTH PLAIN",
  AUTH: "235 signed in",
  MAIL: "250 ok",
  RCPT: "250 ok",
  DATA: "354 go on",
  END: "250 kept",
  QUIT: "221 bye",
};

interface Kept {
  readonly replies: Readonly<Record<string, string>>;
  readonly mails: string[];
  readonly commands: string[];
}

function converse(socket: Socket, { replies, mails, commands }: Kept): void {
  let buffer = "";
  let envelope = "";
  let inData = false;
  const say = (verb: string): void => void socket.write(`${replies[verb] ?? SAYS[verb] ?? "502 unknown"}\r\n`);
  socket.setEncoding("utf8");
  socket.on("data", (chunk) => {
    buffer += chunk;
    for (;;) {
      const end = buffer.indexOf(inData ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + (inData ? 5 : 2));
      if (inData) {
        mails.push(`${envelope}${text}`);
        envelope = "";
        inData = false;
        say("END");
        continue;
      }
      commands.push(text);
      const verb = text.slice(0, 4).toUpperCase();
      if (verb === "MAIL" || verb === "RCPT") envelope += `${text}\r\n`;
      inData = verb === "DATA" && (replies.DATA ?? "354").startsWith("354");
      say(verb);
    }
  });
}
