import { ownProse } from "./own-words.ts";

/**
 * Ways to reach or to pay somebody, by their form alone: which provider it is makes no difference, nor which language
 * stands around it.
 */
const FORMS: readonly RegExp[] = [
  /(?<![\w.+-])[\w.+-]{1,64}@(?!v?\d+\.\d)(?:[\w-]{1,63}\.){1,4}[a-z]{2,24}\b/gi,
  /\b(?:t\.me|telegram\.me|wa\.me|signal\.me|discord\.gg|discord(?:app)?\.com\/(?:users|invite)|chat\.whatsapp\.com|join\.skype\.com)\/[\w+#%-]{3,64}/gi,
  /\b(?:tg|whatsapp|skype|mailto|xmpp):[\w@.+#/?=-]{3,80}/gi,
  /\b(?:telegram|discord|whatsapp|wechat|skype)(?: (?:id|handle))?\s?[:\uFF1A=]\s?(?:@[\w.#-]{3,40}|(?=[\w.#-]*[\d_#])[\w.#-]{4,40})/gi,
  /\b0x[0-9a-f]{40}\b/gi,
  /\bbc1[02-9ac-hj-np-z]{25,62}\b/g,
  // Digits and both cases of letters: hashes have one case, and names of tests no digits.
  /\b(?=\w*[A-Z])(?=\w*[a-z])(?=(?:[A-Za-z]*\d){3})[13T][1-9A-HJ-NP-Za-km-z]{25,34}\b/g,
];

/** Addresses that reach nobody: of commits, git's own remotes, examples, units of systems; and those that burn what is sent. */
const NOBODY = /@users\.noreply\.|^no-?reply@|^git@|@example\.|\.(?:example|service|socket|timer)$/;
const BURNT = /^0x0{30}|^0x(?:dead|0)+$/i;

/** Trailers of commits, which projects ask for, and what stands at an address of something else. */
const TRAILER = /^\s*[\w-]+-by:.*$/gim;
const PATHS = /https?:\/\/(?!(?:t\.me|telegram\.me|wa\.me|signal\.me|discord|chat\.whatsapp|join\.skype))\S+/gi;

/** Issue forms that ask how to reach whoever writes: the answer is no offer. From such a heading to the next one. */
const ASKED =
  /^#{1,6}[^\n]*\b(?:contact|e-?mail|discord|telegram|handle|wallet|address|payment|payout|reach)\b[^\n]*\n(?:(?!#{1,6} )[^\n]*(?:\n|$))*/gim;

/** The ways that a text offers, spelt alike; `asked` where the form of the place asks for one. */
export function contactsIn(body: string, { asked }: { readonly asked: boolean }): readonly string[] {
  const prose = ownProse(body).replace(TRAILER, "").replace(PATHS, "");
  const offered = asked ? prose.replace(ASKED, "") : prose;
  const found = FORMS.flatMap((form) => offered.match(form) ?? []).map((each) => each.toLowerCase().replace(/\s/g, ""));
  return [...new Set(found.filter((each) => !NOBODY.test(each) && !BURNT.test(each)))];
}
