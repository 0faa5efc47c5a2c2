/** Files that coding agents take as instructions: by their tools' documentation, by the name of the tool. */
const INSTRUCTION_FILE =
  /(^|\/)(?:AGENTS?(?:\.override)?|CLAUDE(?:\.local)?|GEMINI|QWEN|CRUSH|WARP|CONVENTIONS|SKILL|\.?goosehints|\.cursorrules|\.windsurfrules|\.clinerules|\.roorules|\.rules|\.aiderrules|copilot-instructions)(?:\.md|\.mdc)?$|(^|\/)\.(?:cursor|windsurf|roo|kiro|trae|augment|continue|amazonq|agents?|claude|codex|opencode|qwen|gemini|junie|kilocode)\/(?:.*\/)?(?:rules|skills?|commands|agents|prompts|guidelines|steering|memories|modes|chatmodes|workflows|output-styles)\/.+$|(^|\/)\.clinerules\/.+\.(?:md|txt)$|(^|\/)\.junie\/guidelines\.md$|^\.github\/(?:instructions|prompts|chatmodes|agents|skills)\/.+\.md$/i;

/** Tools look for these names in capitals; in small letters among documents they are a page about agents. */
const DOCUMENT = /(^|\/)(?:docs?|website|content|blog|guides?)\/(?:.*\/)?[a-z.-]+\.mdx?$/;

export const isInstructionFile = (path: string): boolean =>
  !DOCUMENT.test(path) && INSTRUCTION_FILE.test(path) && !/\.(?:[cm]?[jt]sx?|py|rs|go|java|rb)$/i.test(path);

/** Addresses a model and tells it what to do. Bounded on both sides, so linear. */
const TO_A_MODEL =
  /\b(?:ignore|disregard|forget|override)\s{1,4}(?:all\s{1,4}|any\s{1,4}|the\s{1,4}|your\s{1,4}){0,2}(?:previous|prior|above|earlier|preceding|existing|other)\s{1,4}(?:instructions?|prompts?|rules|guidelines|context|messages)|\b(?:you\s{1,4}are|act\s{1,4}as|as)\s{1,4}(?:an?\s{1,4}|the\s{1,4})?(?:helpful\s{1,4})?(?:AI|LLM|language\s{1,4}model|coding\s{1,4}agent|assistant|copilot|chatbot)\b|\b(?:AI|LLM|coding)\s{1,4}(?:agents?|assistants?|models?|reviewers?)\s{0,2}[:,]?\s{1,4}(?:must|should|please|do|never|always|will|approve|run|execute)\b|\b(?:claude|copilot|cursor|gemini|codex|devin|chatgpt|gpt)\s{0,2}[,:]\s{0,4}(?:please\s{1,4})?(?:run|execute|approve|merge|add|ignore|include|insert|fetch|download|open|send|read|do)\b|<\/?(?:system|system-reminder|assistant|instructions?|important)>|\bsystem\s{1,4}prompt\b|\bdo\s{1,4}not\s{1,4}(?:tell|mention|inform|reveal|show)\s{1,4}(?:this\s{1,4}|it\s{1,4})?(?:to\s{1,4})?(?:the\s{1,4})?(?:user|human|reviewer|maintainer)/i;

export const addressesModel = (text: string): boolean => TO_A_MODEL.test(text.slice(0, MAX_CHARS));

const MAX_CHARS = 20_000;

/** True of a line of text that a rendered page does not show: a comment of Markdown or HTML, nothing sized, white on white. */
export const isUnrendered = (text: string): boolean =>
  /<!--|^\s{0,8}\[(?:\/\/|comment|_)\]:\s{0,4}(?:#|<>)|style\s{0,4}=\s{0,4}["'][^"']{0,200}(?:display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}hidden|font-size\s{0,4}:\s{0,4}0|opacity\s{0,4}:\s{0,4}0|color\s{0,4}:\s{0,4}(?:white|transparent|#fff))|\bhidden(?:\s|>|=)|<(?:template|noscript)\b/i.test(
    text.slice(0, MAX_CHARS),
  );
