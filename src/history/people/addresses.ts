/** Closed lists of addresses that name no person. What is not listed belongs to somebody; names are not asked. */

/** True for an address of automation: role accounts, the services that are known, and mailing lists. Lower case. */
export const isAutomation = (address: string): boolean =>
  ROLES.test(address) || SERVICES.has(address) || LISTS.test(address);

/** Whole words before the at sign, never part of somebody's name; so `travis@` and `ada.actions@` are told apart. */
const ROLES = /^(?:[\w.+-]*[-+.])?(?:bot|robot|ci|actions?|automation|jenkins|buildbot|release-bot)@/;

const SERVICES = new Set([
  ...["builds@travis-ci.org", "deploy@travis-ci.org", "nobody@travis-ci.org", "travis@travis-ci.org"],
  ...["builds@travis-ci.com", "deploy@travis-ci.com", "nobody@travis-ci.com", "travis@travis-ci.com"],
  ...["noreply@circleci.com", "builds@circleci.com", "support@dependabot.com", "support@greenkeeper.io"],
  ...[
    "hello@greenkeeper.io",
    "greenkeeper@greenkeeper.io",
    "renovate@whitesourcesoftware.com",
    "github-bot@github.com",
  ],
  ...["noreply@weblate.org", "hosted@weblate.org", "badger@gitter.im", "pre-commit-ci@pre-commit.ci"],
]);

/** Lists that put their own address in place of the sender's: many people under one address. */
const LISTS = /@(?:[\w-]+\.)*(?:lists\.[\w-]+\.[\w.-]+|googlegroups\.com|groups\.io)$/;

/** Accounts of automations on GitHub, whatever their noreply address calls them. */
export const AUTOMATION_ACCOUNTS: ReadonlySet<number> = new Set([
  ...[23040076, 27856297, 29139614, 31301654, 37929162, 41898282, 46447321, 49699333, 66853113, 198982749],
]);

/** The account that GitHub's own web commits name. */
export const WEB_FLOW_ACCOUNT = 19864447;

/** True for an address that any number of people leave in their settings. Lower case. */
export const isPlaceholder = (address: string): boolean =>
  NOBODY.test(address) || NOWHERE.test(address) || (TEMPLATE.test(address) && TEMPLATE_DOMAIN.test(address));

const NOBODY =
  /^(?:(?:do-?not|no)-?reply|none|null|undefined|unknown|nobody|no-?one|anonymous|devnull|root|you|your[-._]?(?:user)?name|your[-._]?e?mail)@/;
const NOWHERE =
  /^[^@]*$|^[^\p{L}\p{N}]*@|@[^\p{L}\p{N}]*$|@(?:localhost|localhost\.localdomain|your-?(?:domain|company)\.\w+|none|null|undefined|unknown|\(none\)|invalid|[\w.-]+\.invalid)$/u;
const TEMPLATE =
  /^(?:e?mail|e-mail|email[-._]?address|user|user[-._]?name|name|my[-._]?e?mail|myname|me|test|tester|test[-._]?user|example|foo|bar|admin|git|github|someone|somebody|first[-._]?(?:name)?[-._]last[-._]?(?:name)?|john|jane|john[-._]?doe|jane[-._]?doe)@/;
const TEMPLATE_DOMAIN = /@(?:example|domain|my-?domain|email|mail|company|my-?company|site|test|foo|bar)\.\w+$/;
