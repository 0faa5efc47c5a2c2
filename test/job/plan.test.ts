import { type Delivery, deliveryOf } from "../../src/delivery/delivery.ts";
import { isTaken } from "../../src/delivery/triggers.ts";
import { trimEvent } from "../../src/delivery/trim.ts";
import { identityOf } from "../../src/job/identity.ts";
import type { Job } from "../../src/job/job.ts";
import { plan } from "../../src/job/plan.ts";
import { EXAMPLES, example, GUID, NOW } from "../delivery/fixtures.ts";
import { describe, expect, test } from "../support/jest.ts";

const APP = 4711;
const installation = { id: 5, node_id: "I_5" };
const ada = { id: 7, node_id: "U_7", login: "ada-example", type: "User" };

function delivered(name: string, body: object): Delivery {
  const event = trimEvent(name, body);
  if (!event) throw new Error(`not a body of ${name}`);
  return deliveryOf(event, GUID, NOW);
}

const planned = (name: string, body: object): readonly Job[] =>
  plan(delivered(name, { installation, ...body }), { appId: APP });

const kinds = (name: string, body: object): readonly string[] => planned(name, body).map(({ kind }) => kind);

describe("plan: what happens when a pull request changes", () => {
  const opened = example("pull_request", "opened");
  const both = ["publish-sealed-check", "triage-pull-request"];
  const base = { base: { ref: { from: "main" }, sha: { from: "0" } } };

  test.each([
    ["opened", {}, both],
    ["reopened", {}, both],
    ["synchronize", {}, both],
    ["ready_for_review", {}, both],
    ["edited", { changes: base }, both],
    ["edited", { changes: { title: { from: "old" } } }, []],
    ["edited", {}, []],
    ["closed", {}, ["close-pull-request"]],
    ["labeled", {}, []],
    ["converted_to_draft", {}, []],
    ["__proto__", {}, []],
  ])("%s with %j", (action, changed, expected) => {
    expect(kinds("pull_request", { ...opened, ...changed, action, installation })).toEqual(expected);
  });

  test("the jobs name the repository by id, and the head the delivery spoke of", () => {
    expect(planned("pull_request", { ...opened, installation })).toEqual([
      {
        kind: "publish-sealed-check",
        installationId: 5,
        repository: expect.objectContaining({
          id: 186853002,
          owner: "Codertocat",
          name: "Hello-World",
        }),
        headSha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
        pullRequestNumber: 2,
        updatedAt: "2019-05-15T15:20:33Z",
      },
      {
        kind: "triage-pull-request",
        installationId: 5,
        repository: expect.objectContaining({ id: 186853002 }),
        pullRequest: expect.objectContaining({
          ...{ number: 2, headSha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821" },
          updatedAt: "2019-05-15T15:20:33Z",
        }),
        force: false,
        newBase: false,
        secondLook: false,
      },
    ]);
  });

  test("a new base is a new diff of the same head: what was said about the old one does not hold", () => {
    const [, job] = planned("pull_request", { ...opened, action: "edited", changes: base, installation });
    expect(job).toMatchObject({ kind: "triage-pull-request", newBase: true });
  });

  test("the sealed check's job is the same for everybody: draft, bot, member, stranger, deleted account", () => {
    const pullRequest = opened.pull_request as object;
    const variants = [
      { draft: true },
      { draft: false },
      { user: null },
      { user: ada },
      { user: { ...ada, id: 8, login: "dependabot-example[bot]", type: "Bot" } },
      { author_association: "OWNER" },
      { author_association: "FIRST_TIMER" },
      { head: { ...(pullRequest as { head: object }).head, repo: null } },
    ];
    const jobs = variants.flatMap((variant) =>
      planned("pull_request", {
        ...opened,
        installation,
        sender: ada,
        pull_request: { ...pullRequest, ...variant },
      }).filter(({ kind }) => kind === "publish-sealed-check"),
    );
    expect(jobs).toHaveLength(variants.length);
    expect(new Set(jobs.map((job) => JSON.stringify(job))).size).toBe(1);
  });
});

describe("plan: what happens when a collaborator's role changes", () => {
  const sender = { ...ada, id: 21, login: "olive-owner" };
  const added = { ...example("member", "added"), installation, member: ada, sender };
  const role = (from: string | null, to: string | null) => ({ role_name: { from, to } });
  const permission = (from: string | null, to: string | null) => ({ permission: { from, to } });

  test.each([
    ["added", undefined, ["assess-collaborator"], "unknown", null],
    ["added", role(null, "maintain"), ["assess-collaborator"], "maintain", null],
    ["added", { ...permission(null, "write"), ...role(null, "maintain") }, ["assess-collaborator"], "maintain", null],
    ["added", permission(null, "admin"), ["assess-collaborator"], "admin", null],
    ["added", role(null, "read"), [], null, null],
    ["added", { ...permission(null, "read"), ...role(null, "triage") }, [], null, null],
    ["added", role(null, "release-captain"), ["assess-collaborator"], "release-captain", null],
    [
      "edited",
      { old_permission: { from: "read" }, ...permission("read", "write") },
      ["assess-collaborator"],
      "write",
      "read",
    ],
    ["edited", { old_permission: { from: "write" } }, ["assess-collaborator"], "unknown", "write"],
    ["edited", permission("admin", "write"), ["assess-collaborator"], "write", "admin"],
    ["edited", permission("write", "read"), ["withdraw-grant"], null, null],
    ["edited", { ...permission("write", "read"), ...role("write", "triage") }, ["withdraw-grant"], null, null],
    ["removed", undefined, ["withdraw-grant"], null, null],
  ])("%s with %j", (action, changes, expected, to, from) => {
    const jobs = planned("member", { ...added, action, changes });
    expect(jobs.map(({ kind }) => kind)).toEqual([...expected, "follow-access"]);
    if (jobs[0]?.kind === "assess-collaborator") {
      expect(jobs[0]).toMatchObject({
        role: to,
        previousRole: from,
        grantedAt: NOW,
        account: { id: 7, nodeId: "U_7" },
        givenBy: { id: 21, login: "olive-owner" },
      });
    }
    if (jobs[0]?.kind === "withdraw-grant") expect(jobs[0]).toMatchObject({ accountId: 7, at: NOW });
  });

  test("without a sender, or by the account's own hand, nobody is said to have given it", () => {
    const [job] = planned("member", { ...added, sender: undefined, changes: role(null, "write") });
    expect(job).not.toHaveProperty("givenBy");
    const [own] = planned("member", { ...added, sender: ada, changes: role(null, "write") });
    expect(own).not.toHaveProperty("givenBy");
  });

  test("of a deleted account nothing is to be done, but the repository's own roles are asked for", () => {
    expect(kinds("member", { ...added, member: null })).toEqual(["follow-access"]);
  });
});

describe("plan: what happens when somebody asks for a re-run", () => {
  const check = example("check_run", "rerequested");
  const run = { ...(check.check_run as object), app: { id: APP }, pull_requests: [] };
  const pressed = (identifier: string) => ({ ...check, action: "requested_action", requested_action: { identifier } });
  const suite = example("check_suite", "rerequested");
  const ownSuite = { ...(suite.check_suite as object), app: { id: APP }, pull_requests: [] };

  test.each([
    ["GitHub's re-run", "check_run", { ...check, check_run: run }, ["rerun-head"]],
    ["our re-run button", "check_run", { ...pressed("rerun"), check_run: run }, ["rerun-head"]],
    ["our reviewed button", "check_run", { ...pressed("mark_reviewed"), check_run: run }, ["mark-reviewed"]],
    ["a button we do not have", "check_run", { ...pressed("approve"), check_run: run }, []],
    ["a button of JavaScript", "check_run", { ...pressed("__proto__"), check_run: run }, []],
    ["a run that was made", "check_run", { ...check, action: "created", check_run: run }, []],
    ["another app's run", "check_run", { ...check, check_run: { ...run, app: { id: APP + 1 } } }, []],
    ["a run of no app", "check_run", { ...check, check_run: { ...run, app: null } }, []],
    ["nobody", "check_run", { ...check, check_run: run, sender: undefined }, []],
    ["re-run of all", "check_suite", { ...suite, check_suite: ownSuite }, ["rerun-head"]],
    ["another app's suite", "check_suite", { ...suite, check_suite: { ...ownSuite, app: { id: 1 } } }, []],
    ["a finished suite", "check_suite", { ...suite, action: "completed", check_suite: ownSuite }, []],
  ])("%s", (_what, name, body, expected) => {
    expect(kinds(name, { ...body, installation })).toEqual(expected);
  });

  test("a fork's suite lists no pull request: the head SHA and the sender are all that is needed", () => {
    const [job] = planned("check_suite", { ...suite, check_suite: ownSuite, installation, sender: ada });
    expect(job).toMatchObject({
      headSha: (ownSuite as { head_sha?: string }).head_sha,
      senderId: 7,
      installationId: 5,
    });
  });
});

describe("plan: what happens when somebody pushes", () => {
  const suite = example("check_suite", "requested");
  const own = { ...(suite.check_suite as object), app: { id: APP } };
  const pushes = EXAMPLES.filter(({ name, body }) => name === "push" && body.ref === "refs/heads/master");
  const push = { ...pushes[0]?.body, installation };
  const suiteOf = (changed: object) => ({ ...suite, check_suite: { ...own, ...changed }, installation });

  test("both events lead to the same job, which knows nothing of who pushed", () => {
    const told = { before: "a".repeat(40), after: "b".repeat(40) };
    const [bySuite] = planned("check_suite", suiteOf({ ...told, head_sha: told.after }));
    const [byPush] = planned("push", { ...push, ...told, repository: suite.repository });
    expect(bySuite).toEqual(byPush);
    expect(byPush).toMatchObject({
      kind: "judge-push",
      push: { branch: "master", defaultBranch: "master", before: told.before, headSha: told.after, byApp: false },
    });
    expect(bySuite && identityOf(bySuite)).toBe(byPush && identityOf(byPush));
    expect(JSON.stringify(byPush)).not.toContain("sender");
  });

  test.each([
    ["a fork's branch", suiteOf({ head_branch: null }), []],
    ["another App's suite", suiteOf({ app: { id: APP + 1 } }), []],
    ["a branch that is new", suiteOf({ before: "0".repeat(40) }), [null]],
    ["a branch of which nobody said where it stood", suiteOf({ before: null }), [null]],
    ["a moment that is no commit", suiteOf({ before: "unknown" }), [null]],
  ])("%s", (_when, body, befores) => {
    const jobs = planned("check_suite", body);
    expect(jobs.map((job) => job.kind === "judge-push" && job.push.before)).toEqual(befores);
  });

  test("an App's push is known by what GitHub calls its sender", () => {
    const [job] = planned("push", { ...push, sender: { ...ada, type: "Bot" } });
    expect(job).toMatchObject({ push: { byApp: true } });
  });

  test("a branch with a slash, and of tags and what is gone nothing is taken in", () => {
    const taken = (changed: object) => {
      const event = trimEvent("push", { ...push, ...changed });
      return event !== null && isTaken(event);
    };
    expect(planned("push", { ...push, ref: "refs/heads/release/1.0" })).toMatchObject([
      { push: { branch: "release/1.0" } },
    ]);
    expect([taken({}), taken({ ref: "refs/tags/v1" }), taken({ deleted: true })]).toEqual([true, false, false]);
  });
});

describe("plan: what happens when an installation changes", () => {
  const own = { installation: { id: 5, account: { ...ada, type: "Organization" }, permissions: { checks: "write" } } };
  const bootstrap = {
    kind: "bootstrap-installation",
    installationId: 5,
    account: { id: 7, login: "ada-example", type: "Organization" },
    permissions: { checks: "write" },
  };

  test.each([
    ["created", [bootstrap]],
    ["new_permissions_accepted", [bootstrap]],
    ["deleted", [{ kind: "purge-installation", installationId: 5 }]],
    ["suspend", [{ kind: "set-installation-paused", installationId: 5, paused: true }]],
    ["unsuspend", [{ kind: "set-installation-paused", installationId: 5, paused: false }]],
    ["invented", []],
  ])("%s", (action, expected) => {
    expect(planned("installation", { action, sender: ada, ...own })).toEqual(expected);
  });

  test("an enterprise's account has a slug instead of a login", () => {
    const account = { id: 9, node_id: "E_9", slug: "acme-example" };
    expect(planned("installation", { action: "created", installation: { id: 5, account } })).toMatchObject([
      { account: { id: 9, login: "acme-example", type: "Enterprise" }, permissions: {} },
    ]);
  });

  test("repositories that are taken away are forgotten, of added ones the open pull requests are looked for", () => {
    const repository = { id: 11, name: "gate", private: true };
    const body = { ...own, repositories_added: [], repositories_removed: [repository, { ...repository, id: 12 }] };
    expect(planned("installation_repositories", { action: "removed", ...body })).toEqual([
      { kind: "forget-repositories", installationId: 5, repositoryIds: [11, 12] },
    ]);
    const added = { ...own, repositories_added: [repository], repositories_removed: [] };
    expect(planned("installation_repositories", { action: "added", ...added })).toEqual([
      { kind: "sweep-installation", installationId: 5 },
    ]);
  });

  test.each([
    ["publicized", ["reseal-repository", "follow-access"]],
    ["privatized", ["reseal-repository", "follow-access"]],
    ["transferred", ["forget-repositories", "follow-access"]],
    ["deleted", ["forget-repositories", "follow-access"]],
    ["renamed", ["rename-repository", "follow-access"]],
    ["archived", ["follow-access"]],
    ["unarchived", ["follow-access"]],
    ["created", ["follow-access"]],
    ["edited", []],
  ])("repository.%s", (action, expected) => {
    expect(kinds("repository", { ...example("repository", "created"), action, installation })).toEqual(expected);
  });

  test("a withdrawn authorization ends the account's sessions, without any installation", () => {
    expect(plan(delivered("github_app_authorization", { action: "revoked", sender: ada }), { appId: APP })).toEqual([
      { kind: "end-sessions", accountId: 7 },
    ]);
  });

  test("a delivery that names no installation plans nothing", () => {
    for (const { name, body } of EXAMPLES) {
      const event = trimEvent(name, { ...body, installation: undefined });
      if (!event || name === "github_app_authorization") continue;
      expect(plan(deliveryOf(event, GUID, NOW), { appId: APP })).toEqual([]);
    }
  });
});

describe("plan: what happens when access or what guards it changes", () => {
  const soon = "2026-11-23T12:00:10.000Z";
  const team = { kind: "team", id: 3253328, nodeId: "MDQ6VGVhbTMyNTMzMjg=", slug: "github", gone: false };
  const bot = { id: 9, node_id: "B_9", login: "admin-example[bot]", type: "Bot" };

  test.each([
    ["membership", "added"],
    ["membership", "removed"],
    ["team", "added_to_repository"],
    ["team", "removed_from_repository"],
    ["team", "edited"],
    ["team", "deleted"],
  ])("%s.%s: the team is asked about, whoever did it and whatever it says", (event, action) => {
    const like = EXAMPLES.some(({ name, body }) => name === event && body.action === action) ? action : "removed";
    const jobs = planned(event, { ...example(event, like), action, installation, sender: bot });
    const source = { ...team, gone: action === "deleted" };
    expect(jobs).toEqual([{ kind: "follow-access", installationId: 5, source, notBefore: soon }]);
    expect(JSON.stringify(delivered(event, { ...example(event, like), action, installation }))).not.toContain(
      "Codertocat@",
    );
  });

  test("a team that is gone, of which GitHub says the id alone, and one that was made: nothing to ask", () => {
    const removed = example("membership", "removed");
    expect(planned("membership", { ...removed, team: { id: 1, name: "gone", deleted: true } })).toEqual([]);
    expect(planned("team", { ...example("team", "created"), installation })).toEqual([]);
  });

  test.each(["member_added", "member_removed"])("organization.%s: how the account belongs to it is asked", (action) => {
    const source = { kind: "account", id: 39652351, login: "hacktocat" };
    expect(planned("organization", { ...example("organization", "member_added"), action, installation })).toEqual([
      { kind: "follow-access", installationId: 5, source, notBefore: soon },
    ]);
  });

  test("organization.member_invited: the account is looked at by its id; of an address there is none", () => {
    const invited = example("organization", "member_invited");
    const account = { id: 39652351, login: "hacktocat" };
    expect(planned("organization", { ...invited, installation })).toEqual([
      { kind: "assess-invited", installationId: 5, account },
    ]);
    expect(planned("organization", { ...invited, user: undefined, installation })).toEqual([]);
  });

  test.each([
    ["deploy_key", "created", { key: { id: 1, key: "ssh-rsa AAAA", title: "of Ada" } }],
    ["deploy_key", "deleted", { key: { id: 1 } }],
    ["branch_protection_rule", "edited", { rule: { name: "main", authorized_actor_names: ["ada-example"] } }],
    ["repository_ruleset", "created", { repository_ruleset: { id: 1, bypass_actors: [{ actor_id: 7 }] } }],
  ])("%s.%s: the place is noted, and nothing of keys, rules and people is kept", (name, action, fields) => {
    const repository = { id: 11, name: "gate", owner: ada };
    const body = { action, ...fields, repository, installation, sender: ada };
    expect(planned(name, body)).toEqual([{ kind: "note-rule-change", installationId: 5, repositoryId: 11, at: NOW }]);
    const kept = JSON.stringify(delivered(name, body));
    for (const dropped of ["ssh-rsa", "ada-example", "main", "gate", "actor"]) expect(kept).not.toContain(dropped);
  });

  test("rules and tokens of the organisation are noted without a repository", () => {
    const organization = { id: 6, login: "octo-org" };
    const note = { kind: "note-rule-change", installationId: 5, repositoryId: null, at: NOW };
    const request = { personal_access_token_request: { id: 1, owner: ada } };
    expect(planned("personal_access_token_request", { action: "approved", organization, ...request })).toEqual([note]);
    expect(planned("repository_ruleset", { action: "edited", organization, repository_ruleset: {} })).toEqual([note]);
  });

  test("sixty events of one team are one job that waits, and the end of it another", () => {
    const added = planned("team", { ...example("team", "added_to_repository"), installation });
    const edited = planned("team", { ...example("team", "edited"), installation });
    const deleted = planned("team", { ...example("team", "deleted"), installation });
    const [first, second, end] = [added, edited, deleted].map(([job]) => job && identityOf(job));
    expect(first).toBe("follow-access:5:team:3253328:false");
    expect([second === first, end === first]).toEqual([true, false]);
  });
});
