/** One part of the playbook: what it is for, and its sentences. */
export interface PlaybookPart {
  /** Id of the heading, for links. */
  readonly id: string;
  readonly title: string;
  readonly steps: readonly string[];
}

export const PLAYBOOK_LEAD =
  "A report is evidence for people, not a verdict, and much of what is found has an innocent reading. Sallyport changes nothing on GitHub: every step here is yours.";

/** What maintainers do with a flag or a grave report; `docs/playbook.md` says the same, and a test compares them. */
export const PLAYBOOK: readonly PlaybookPart[] = [
  {
    id: "first",
    title: "First",
    steps: [
      "Read the report with a second maintainer. It says of each fact who could have written it, what it may innocently mean, and what nobody could see.",
      "Write nothing about it where others can read: no comment, no label, no closed pull request, until the two of you agree.",
      "Decide what cannot wait. Hold a change that runs code now; a grant can usually wait for an answer.",
    ],
  },
  {
    id: "push",
    title: "Look at a push that nobody reviewed",
    steps: [
      "Open the change on GitHub and read what it has Actions run, before any run of it goes on. Cancel those under way.",
      "Ask whoever stands as the pusher, by another way than GitHub, whether it was meant. Do not blame: a stolen token or key pushes under an honest name.",
      "If it was not meant, revert it, end the token or key that pushed it, and replace every secret that the workflows of that repository could read. In a burst, of all repositories of the alert.",
      "Have a ruleset let only reviewed changes of .github/workflows in, and decide the alert with a sentence about what it was.",
    ],
  },
  {
    id: "grant",
    title: "Review a grant",
    steps: [
      "Open Flags, the report behind the flag, and the account's page: which roles it holds, by which team, and what owners said of it.",
      "Ask who gave the access and what it is needed for now. A grant nobody can explain is reason enough to lower it.",
      "Lower or remove it on GitHub if that is what you decide, then record it under Decide, with a sentence a colleague will understand in a year. What was lowered or removed is flagged again if the next audit still sees it.",
      "Or keep it, until a day within a year, with the reason. Until then it does not come back, unless the role or what was found grows.",
      "If you know the account, say so on its page or on the report, with a reason and a last day. That softens what else is found, and never what a change can do. What it may write and its open pull requests are read again then, and within a day of its end.",
    ],
  },
  {
    id: "merge",
    title: "Stop a merge",
    steps: [
      "Agree with everybody who can merge that two maintainers have to say yes. On GitHub ask for changes in words about the change alone.",
      "Read the diff on GitHub. Do not open the branch in an editor, run it, or approve workflow runs that see secrets.",
      "Ask what the grave places are for, and whether the change could do without them.",
      "If it is merged already: revert it, list the workflows that ran since, and change every secret that they could read.",
    ],
  },
  {
    id: "turned",
    title: "An account that turned",
    steps: [
      "Its owner may be a victim: accounts are taken over. Reach the person by a second way, not by GitHub alone.",
      "Take its access away everywhere at once: organisation, teams, single repositories, open invitations, deploy keys that it added, package registries, chat, cloud.",
      "List what it did since the last act you trust: merges, approvals, edits of workflows, tags, releases, keys, Apps. GitHub's audit log of the organisation tells owners most of it.",
      "Change the secrets that workflows of the repositories it wrote to could read. Withdraw releases that you cannot explain.",
      "Tell your security contact, GitHub, and the people who installed what was released. A project that holds crypto can ask SEAL 911, a volunteer emergency line, for help.",
      "Give access back only when the person has the account again and two owners agree.",
    ],
  },
  {
    id: "evidence",
    title: "Keep the evidence",
    steps: [
      "Save the report while it is there: its evidence is deleted after the days that the policy gives, 30 unless it says otherwise.",
      "Fetch the change: git fetch origin pull/NUMBER/head. GitHub keeps it when the fork is gone.",
      "Save who could write where: sallyport audit ORGANISATION --save access.json.",
      "Export GitHub's audit log for the days in question.",
      "Note the ids of commits and the number of the account, not its login alone, because logins change hands.",
      "Keep it where only those who decide can read it, and delete it when the matter is closed.",
    ],
  },
  {
    id: "words",
    title: "Talk to the person",
    steps: [
      "Speak of a change or a role, never of who somebody is. Do not ask for origin, home, papers or a camera, and accuse nobody.",
      "About a role: “You have write on this repository. We look at every such grant from time to time. Do you still need it, and for what?”",
      "About a change: “This runs a command when the folder is opened. What is it for, and could the change do without it?”",
      "When you lower a role: “We have set your role to triage while we look at who can write. It is no judgement of you. If we overlook something, tell us what.”",
      "If asked: “Every contribution here is looked at in the same way, by a program and then by a person. You may see what is stored about you, correct it and have it erased.” Send the address of the page Privacy.",
      "Listen. An answer that clears a fact goes into the reason of your decision. Tell the person how it ended.",
    ],
  },
  {
    id: "after",
    title: "Afterwards",
    steps: [
      "Decide every open flag of the account, with its reason, and mark the pull request as reviewed.",
      "Close the doors that stood open: the audit's standing exposure says how each is closed. What has to stay open is kept under Decide, until a day within a year and with the reason.",
      "If it was nothing, say so on the account's page, so that nobody has to ask again.",
    ],
  },
];
