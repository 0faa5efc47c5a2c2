/** Bounds of one call to GitHub, reading the answer included. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** GitHub gives a GraphQL query ten seconds itself; three hundred files with patches are about 3 MiB. */
export const CALL_LIMITS: CallLimits = { timeoutMs: 10_000, maxBytes: 16 * 1024 * 1024 };

/**
 * The platform's fetch with an end: time and size are bounded, and the socket is freed when either runs out. The body
 * is read here, because octokit swallows what goes wrong while it reads and reports an empty success.
 */
export const fetchWithin =
  ({ timeoutMs, maxBytes }: CallLimits): typeof fetch =>
  async (url, init = {}) => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    const answer = await fetch(url, { ...init, signal });
    const { status, statusText, headers } = answer;
    return new Response(await readBody(answer, maxBytes), { status, statusText, headers });
  };

export const boundedFetch = fetchWithin(CALL_LIMITS);

async function readBody(answer: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (answer.body === null || BODILESS.has(answer.status)) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`GitHub's answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Statuses for which `Response` takes no body. */
const BODILESS = new Set([204, 205, 304]);
