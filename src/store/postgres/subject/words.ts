import type { Subject } from "../../subject.ts";

/** What is kept of an account and is not in its document. docs/privacy.md says the same. */
export const NOT_INCLUDED: Subject["notIncluded"] = [
  {
    what: "Invitations to the organisation",
    why: "They name a login and no number, and a login can belong to somebody else by now.",
  },
  {
    what: "What an audit that is not done yet was told so far",
    why: "It is kept for 6 hours at most, as GitHub said it, and what comes of it is in the audit.",
  },
  {
    what: "Sessions",
    why: "They belong to no organisation, hold no more than who is signed in, and end after 8 hours.",
  },
  {
    what: "Entries of the trail on reports and flags that are gone",
    why: "They hold the number of who looked or decided and the id of what is gone, which leads to nobody.",
  },
  {
    what: "Where others' facts name it",
    why: "That it merged somebody's work, is followed by him, published the same before or made commits of his pull requests is kept about him.",
  },
  {
    what: "Titles and reasons in which others wrote its login",
    why: "They are not searched: what is found is found by the number.",
  },
  {
    what: "The policy file and GitHub itself",
    why: "Both are the organisation's, and Sallyport keeps what the file says as it stands.",
  },
];

/** What erasing leaves and why. docs/privacy.md says the same, which a test compares. */
export const STAYS: readonly string[] = [
  "An open flag and the report it leads to stay until somebody has decided: the grant stands. Decide, then erase again.",
  "Of a decision on a grant that stands the role, the band, the login, the reason and who decided stay, so that the same is not asked again; what it rested on goes.",
  "Who can write where is the organisation's own record: the access graph and the lines of the weekly audits stay for their 26 weeks.",
  "The trail of who looked and who decided stays until the App is removed: each entry is chained to the one before, so none can be taken out. It says nothing of what was found, but the reasons that people wrote may.",
  "What the account did as a reader stays: reports it reviewed, decisions it took.",
  "Titles and reasons in which others wrote the login stay where they are: they are not searched.",
  "Whose the places are in which others worked stays with what is kept about them, by an id of GitHub's that is not searched, as long as facts.",
  "An address on a list that was taken in is kept as a hash: until a scan finds whose it is, nothing ties it to the account.",
  "Work that waits is still done. What was given up is erased.",
  "Erasing does not end that Sallyport looks: an open pull request or a grant is read anew, from what GitHub shows then.",
  "Backups and the log are the operator's.",
];
