/** One kind of secret by the form that whoever issues it documents. */
export interface SecretRule {
  readonly says: string;
  /** Texts of which one stands in every match, in small letters: spares most lines the rest. */
  readonly hints: readonly string[];
  /** The first group, or all of it, is the secret. Every repetition is bounded. */
  readonly form: RegExp;
  /** True where no match need hold `LONG_RUN` letters, digits and signs of keys in a row. */
  readonly isShort: boolean;
}

/** Shortest row of them in a key that an issuer made. */
export const LONG_RUN = 20;

const rule = (says: string, hints: string, form: RegExp): SecretRule => ({
  ...{ says, hints: hints.split("|"), form },
  isShort: false,
});
const shortRule: typeof rule = (says, hints, form) => ({ ...rule(says, hints, form), isShort: true });
/** The letter of a line feed that is written out is no part of a word. */
const EDGE = "(?:(?<![A-Za-z0-9_])|(?<=\\\\[nrt]))";
const word = (body: string): RegExp => new RegExp(`${EDGE}(?:${body})(?![A-Za-z0-9_])`);

/** Forms of keys and tokens, each by its issuer's documentation: a prefix that nothing else has, and a length. */
export const SECRET_RULES: readonly SecretRule[] = [
  rule("a GitHub token", "ghp_|gho_|ghu_|ghs_|ghr_", word("gh[pousr]_[A-Za-z0-9]{36,255}")),
  rule("a GitHub token", "github_pat_", word("github_pat_[A-Za-z0-9_]{36,255}")),
  rule("a GitLab token", "gl", word("gl(?:pat|dt|rt|ptt|cbt|soat|oas|ft|imt|agent|rtr)-[\\w.-]{20,80}")),
  rule("a key of Amazon's", "akia|asia|abia|acca", word("(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}")),
  rule(
    "a secret key of Amazon's",
    "secret",
    /aws_?(?:secret_?(?:access_?)?key|secret)["']?\s{0,4}[:=]\s{0,4}["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i,
  ),
  rule("a key of Google's", "aiza", word("AIza[\\w-]{35}")),
  rule("a client secret of Google's", "gocspx-", word("GOCSPX-[\\w-]{28}")),
  rule("an access token of Google's", "ya29.", word("ya29\\.[\\w-]{60,300}")),
  rule("a Slack token", "xox", word("xox[abeoprs]-[A-Za-z0-9-]{20,250}|xoxe\\.xox[bp]-[A-Za-z0-9-]{20,250}")),
  rule("a Slack token", "xapp-", word("xapp-\\d-[A-Z0-9]{6,20}-\\d{8,20}-[a-f0-9]{40,80}")),
  rule(
    "an address that posts to Slack",
    "hooks.slack.com",
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?:[A-Z0-9]{6,20}\/){2}[A-Za-z0-9/]{20,60}/,
  ),
  rule("a live key of Stripe's", "_live_", word("[sr]k_live_[A-Za-z0-9]{20,120}")),
  rule("a secret of Stripe's webhooks", "whsec_", word("whsec_[A-Za-z0-9+/=]{32,64}")),
  rule("an npm token", "npm_", word("npm_[A-Za-z0-9]{36}")),
  rule("a PyPI token", "pypi-", word("pypi-AgE[A-Za-z0-9_-]{50,250}")),
  rule("a RubyGems key", "rubygems_", word("rubygems_[a-f0-9]{48}")),
  rule("a crates.io token", "cio", word("cio[A-Za-z0-9]{32}")),
  rule("a NuGet key", "oy2", word("oy2[a-z0-9]{43}")),
  rule("a Docker Hub token", "dckr_", word("dckr_(?:pat|oat)_[\\w-]{27,40}")),
  rule("a Twilio key", "sk", word("SK[0-9a-f]{32}")),
  rule("a SendGrid key", "sg.", word("SG\\.[\\w-]{22}\\.[\\w-]{43}")),
  rule("a Mailgun key", "key-", word("key-[0-9a-f]{32}")),
  rule("a Mailchimp key", "-us", word("[0-9a-f]{32}-us\\d{1,2}")),
  rule("a Discord bot's token", ".", word("[MNO][A-Za-z\\d_-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}")),
  rule(
    "an address that posts to Discord",
    "/api/webhooks/",
    /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[\w-]{60,80}/,
  ),
  rule("a Telegram bot's token", ":aa", word("\\d{8,10}:AA[\\w-]{33}")),
  rule(
    "a key of OpenAI's",
    "sk-",
    word("sk-(?:proj|svcacct|admin|None)-[\\w-]{40,200}|sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}"),
  ),
  rule("a key of Anthropic's", "sk-ant-", word("sk-ant-[a-z]{3,6}\\d{2}-[\\w-]{80,120}")),
  rule("a Hugging Face token", "hf_", word("hf_[A-Za-z]{34}")),
  rule(
    "a key of a model's host",
    "_",
    word("(?:gsk_[A-Za-z0-9]{52}|r8_[A-Za-z0-9]{37}|pplx-[A-Za-z0-9]{48}|xai-[A-Za-z0-9]{80})"),
  ),
  rule(
    "a key of a model's host",
    "pplx-|xai-|sk-or-v1-",
    word("(?:pplx-[A-Za-z0-9]{48}|xai-[A-Za-z0-9]{80}|sk-or-v1-[a-f0-9]{64})"),
  ),
  rule("a storage key of Azure's", "accountkey=", /AccountKey=([A-Za-z0-9+/]{86}==)/i),
  rule("a client secret of Azure's", "q~", word("[A-Za-z0-9_~.]{3}\\dQ~[A-Za-z0-9_~.-]{31,34}")),
  rule("a DigitalOcean token", "_v1_", word("do[opr]_v1_[a-f0-9]{64}")),
  rule("a Vault token", "hv", word("hv[sbr]\\.[\\w-]{24,300}")),
  rule("a Terraform token", ".atlasv1.", word("[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,70}")),
  rule("a Databricks token", "dapi", word("dapi[a-f0-9]{32}(?:-\\d)?")),
  rule("a Grafana token", "gl", word("(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_[A-Za-z0-9+/=]{32,400})")),
  rule("a New Relic key", "nr", word("NR(?:AK|II|RA)-[A-Za-z0-9]{27,40}")),
  rule("a Sentry token", "sntry", word("sntry[su]_[A-Za-z0-9+/=_-]{40,400}")),
  rule("a Linear key", "lin_", word("lin_(?:api|oauth)_[A-Za-z0-9]{40}")),
  rule("a Notion token", "ntn_", word("ntn_[A-Za-z0-9]{40,50}")),
  rule("a Shopify token", "shp", word("shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}")),
  rule("a Square token", "sq0", word("sq0(?:atp|csp|idp)-[\\w-]{22,43}")),
  rule("a Figma token", "figd_", word("figd_[\\w-]{40,60}")),
  rule("a Postman key", "pmak-", word("PMAK-[a-f0-9]{24}-[a-f0-9]{34}")),
  rule("an Atlassian token", "atatt3", word("ATATT3[\\w=-]{180,220}")),
  rule("a Doppler token", "dp.", word("dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}")),
  rule("a key of age's", "age-secret-key-", word("AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")),
  rule("a Tailscale key", "tskey-", word("tskey-[a-z]{3,10}-\\w{10,40}(?:-\\w{10,60})?")),
  rule("a Pulumi token", "pul-", word("pul-[a-f0-9]{40}")),
  rule("a Netlify token", "nfp_", word("nfp_[A-Za-z0-9]{36}")),
  rule("a Supabase token", "sbp_", word("sbp_[a-f0-9]{40}")),
  rule("a PlanetScale secret", "pscale_", word("pscale_(?:tkn|pw|oauth)_[\\w=.-]{32,64}")),
  rule("a Cloudflare key", "v1.0-", word("v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}")),
  shortRule(
    "a password in the address of a database",
    "://",
    /\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|clickhouse):\/\/[^\s:@/'"<>{}$]{1,60}:([^\s:@/'"<>{}$]{6,100})@(?!localhost|127\.|0\.0\.0\.0|(?:db|postgres|mysql|redis|mongo|host)(?![\w.-])|example)/i,
  ),
  shortRule(
    "a password in an address",
    "://",
    /\bhttps?:\/\/[\w.-]{1,60}:([\w.~!$&'()*+,;=%-]{10,100})@(?!localhost|127\.|example)[\w-]{1,60}\./,
  ),
  rule(
    "a private key",
    "private key",
    /-----BEGIN (?:RSA |EC |DSA |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|\s|["'+,]){0,12}(?:(?:Proc-Type|DEK-Info|Version|Comment)[^\\]{0,80}(?:\\[rn]){1,3}){0,3}([A-Za-z0-9+/=]{40,100})/,
  ),
  rule(
    "a private key of a wallet",
    "key|secret|pk",
    /(?:priv(?:ate)?_?-?key|priv_?key|wallet_?(?:key|secret)|deployer_?(?:key|pk)|signer_?(?:key|pk)|owner_?(?:key|pk)|eth_?(?:key|pk)|secret_?key|account_?key)\w{0,20}["'\])]{0,3}\s{0,4}(?:[:=]|=>|,)\s{0,4}["'`]?((?:0x)?[0-9a-fA-F]{64})(?![0-9a-fA-F])/i,
  ),
  rule(
    "a private key of a wallet",
    "secret|private|keypair|wallet|signer|payer",
    /(?:secret|private|keypair|wallet|signer|payer)\w{0,20}["'\])]{0,3}\s{0,4}(?:[:=]|=>|\()\s{0,4}["'`]([1-9A-HJ-NP-Za-km-z]{86,88})["'`]/i,
  ),
  shortRule(
    "a private key of a wallet",
    "[",
    /^\s{0,8}\[\s{0,4}((?:\d{1,3}\s{0,2},\s{0,2}){63}\d{1,3})\s{0,4}\]\s{0,4}$/,
  ),
  rule(
    "a private key of a wallet",
    "wif|priv|bitcoin|btc",
    /(?:wif|priv(?:ate)?_?key|bitcoin|btc)\w{0,20}["'\])]{0,3}\s{0,4}[:=]\s{0,4}["'`]?([5KLc][1-9A-HJ-NP-Za-km-z]{50,51})(?![1-9A-HJ-NP-Za-km-z])/i,
  ),
  rule("an extended private key of a wallet", "prv", word("[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}")),
  shortRule(
    "the words of a wallet",
    "mnemonic|seed|phrase|wallet",
    /(?:mnemonic|seed_?-?phrase|seed|recovery_?phrase|secret_?phrase|wallet_?words)\w{0,12}["'\])]{0,3}\s{0,4}(?:[:=]|=>|\()\s{0,4}["'`]?((?:[a-z]{3,8} ){11}(?:[a-z]{3,8})(?:(?: [a-z]{3,8}){3}){0,4})(?![ ]?[a-z])/i,
  ),
  rule(
    "a key in the address of a node",
    "infura|alchemy|quiknode|ankr.com|helius|getblock|blastapi|chainstack",
    /\b(?:[\w-]{1,40}\.infura\.io\/(?:ws\/)?v3\/[0-9a-f]{32}|[\w-]{1,40}\.(?:g\.)?alchemy(?:api)?\.(?:com|io)\/(?:nft\/)?v[23]\/[\w-]{32}|[\w.-]{1,80}\.quiknode\.pro\/[0-9a-f]{40}|rpc\.ankr\.com\/[\w/]{1,40}\/[0-9a-f]{64}|[\w.-]{1,40}\.helius-rpc\.com\/\?api-key=[0-9a-f-]{36}|go\.getblock\.io\/[0-9a-f]{32}|[\w.-]{1,60}\.blastapi\.io\/[0-9a-f-]{36}|[\w.-]{1,60}\.chainstack\.com\/[0-9a-f]{32})/i,
  ),
];
