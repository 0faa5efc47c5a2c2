/** A way in which added lines of code keep a reader from seeing, or understanding, what runs. */
export type Obfuscation =
  | "padding"
  | "mangled_names"
  | "blob"
  | "runs_text"
  | "decodes"
  | "runs_decoded"
  | "runs_asset";

/** Blanks after which no editor without line wrapping shows what follows. */
const PADDING = /[ \t\u00a0]{200,}/g;
const MANGLED = /\b_0x[0-9a-f]{2,12}\b/gi;
/** So many different ones are made by no person. */
const MANGLED_COUNT = 20;
/** A literal of one alphabet, longer than any key or hash. */
const BLOB = /["'`]([A-Za-z0-9+/_=-]{300,}|(?:\\x[0-9a-f]{2}){75,}|(?:\\u00[0-9a-f]{2}){75,})["'`]/i;
/** Of a base64 text of this length nearly every letter occurs; of repeated filler few do. */
const BLOB_LETTERS = 16;
const RUNS_TEXT =
  /(?<![\w.$])(?:eval|exec|execSync|spawnSync|Function|execfile|Invoke-Expression|iex|system|popen)\s{0,4}\(|\bnew\s{1,4}Function\b|\bvm\.(?:runIn\w{1,30}|Script)\b|\bchild_process\b|\bos\.(?:system|popen)\b|\bsubprocess\.\w{1,20}\(|\bsetTimeout\(\s{0,4}["'`]/;
const DECODES =
  /\batob\(|\bBuffer\.from\([^()]{0,200},\s{0,4}["'`](?:base64|hex)|\bfromCharCode\b|\bb(?:64|85|32|16)decode\(|\bbytes\.fromhex\(|\bcodecs\.decode\(|\bbase64\s{1,4}(?:-d|-D|--decode)\b|\bFromBase64String\b|\bzlib\.(?:decompress|inflate)\w{0,10}\(|\bmarshal\.loads\(|\bunhexlify\(|\bbase64_decode\(|\bBase64\.(?:decode64|strict_decode64|getDecoder)|\bdecodeURIComponent\(escape\(/;
const RUNS_DECODED =
  /(?:(?<![\w.$])(?:eval|exec|Function|execSync|system|iex|Invoke-Expression)\s{0,4}\(?|\bnew\s{1,4}Function)\s{0,4}\(?[^;\n]{0,80}(?:\batob\(|Buffer\.from\(|fromCharCode|b64decode\(|fromhex\(|FromBase64String|marshal\.loads|zlib\.decompress|unhexlify\(|base64_decode\(|codecs\.decode\()|base64\s{1,4}(?:-d|-D|--decode)\b[^|\n]{0,80}\|\s{0,4}(?:sudo\s)?(?:ba|z|da|k)?sh\b/;
/** An interpreter that is given a picture, a font or a sound. */
const RUNS_ASSET =
  /(?:\b(?:node|bun|deno\s+run|python3?|ruby|perl|php|(?:ba|z)?sh|source)\s{1,4}|\brequire\(\s{0,4}["'`]|\bimport\(\s{0,4}["'`]|\b(?:eval|exec)\([^()\n]{0,80}\b(?:readFileSync|open)\(\s{0,4}["'`])[\w./${}@-]{0,120}\.(?:png|jpe?g|gif|webp|ico|bmp|woff2?|ttf|otf|eot|mp[34]|wav|ogg)\b/i;

/** Every way to decode or to run something has one of these words; most lines have none. */
const ANY_WORD =
  /eval|exec|spawn|function|iex|invoke-|system|popen|\bvm\.|child_process|subprocess|settimeout|atob|buffer\.from|fromcharcode|decode|fromhex|base64|inflate|decompress|marshal|unhexlify|\.(?:png|jpe?g|gif|webp|ico|bmp|woff|ttf|otf|eot|mp[34]|wav|ogg)/i;

/** What one line does, in the order of the type. Linear: every repetition is bounded or stands alone. */
export function obfuscationsIn(text: string): readonly Obfuscation[] {
  const found: Obfuscation[] = [];
  if (text.length > 200 && isPadded(text)) found.push("padding");
  if (isBlob(text)) found.push("blob");
  if (!ANY_WORD.test(text)) return found;
  if (RUNS_TEXT.test(text)) found.push("runs_text");
  if (DECODES.test(text)) found.push("decodes");
  if (RUNS_DECODED.test(text)) found.push("runs_decoded");
  if (RUNS_ASSET.test(text)) found.push("runs_asset");
  return found;
}

/** Each run is looked at once, however long the line is. */
function isPadded(text: string): boolean {
  for (const { 0: run, index } of text.matchAll(PADDING))
    if (/[^\s]/.test(text[index + run.length] ?? " ")) return true;
  return false;
}

function isBlob(text: string): boolean {
  if (text.length < 300) return false;
  const [, blob = ""] = BLOB.exec(text) ?? [];
  return blob !== "" && new Set(blob.slice(0, 4_000)).size >= Math.min(BLOB_LETTERS, 8 + blob.length / 40);
}

/** Collects names of the form that obfuscators write; true once there are too many to have been typed. */
export function mangledNames(): (text: string) => boolean {
  const names = new Set<string>();
  return (text) => {
    if (!text.includes("_0x")) return false;
    const before = names.size;
    for (const [name] of text.matchAll(MANGLED)) if (names.size < MANGLED_COUNT) names.add(name);
    return before < MANGLED_COUNT && names.size >= MANGLED_COUNT;
  };
}

/** Configuration that a tool runs as code with each build, and of which nobody expects more than settings. */
export const isRunConfig = (path: string): boolean => RUN_CONFIG.test(path);
const RUN_CONFIG =
  /(^|\/)(?:postcss|tailwind|eslint|next|nuxt|babel|astro|vite|vitest|webpack|rollup|svelte|jest|metro|truffle|hardhat|prettier|stylelint|commitlint|lint-staged|karma|gulpfile|gruntfile|vue|remix|tsup|esbuild|playwright|cypress)(?:\.config)?\.[cm]?[jt]s$/i;
