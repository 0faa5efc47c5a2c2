import { createHash } from "node:crypto";
import { activityRoutes } from "../routes/activity.ts";
import { appRoutes } from "../routes/app.ts";
import { checkRoutes } from "../routes/checks.ts";
import { compareRoutes } from "../routes/compare.ts";
import { metaRoutes } from "../routes/meta.ts";
import { organizationRoutes } from "../routes/organizations.ts";
import { pullRoutes } from "../routes/pulls.ts";
import { repositoryRoutes } from "../routes/repositories.ts";
import { searchRoutes } from "../routes/search.ts";
import { settingsRoutes } from "../routes/settings.ts";
import { userRoutes } from "../routes/users.ts";
import type { Contract, Operation } from "./contract.ts";
import type { Caller, Credentials } from "./credentials.ts";
import { RULES } from "./operation-rules.ts";
import { failure, type Handler, type RestRequest, type RestResponse } from "./request.ts";
import { refusal } from "./rules.ts";
import { UnknownQualifier } from "./search.ts";
import type { Violation } from "./violations.ts";

/** Every REST handler by operation. */
export const restRoutes = (credentials: Credentials, conversions: Handler): Readonly<Record<string, Handler>> => ({
  ...appRoutes(credentials),
  "apps/create-from-manifest": conversions,
  ...checkRoutes,
  ...pullRoutes,
  ...compareRoutes,
  ...repositoryRoutes,
  ...activityRoutes,
  ...organizationRoutes,
  ...settingsRoutes,
  ...userRoutes,
  ...searchRoutes,
  ...metaRoutes,
});

/** What stands around the handlers. */
export interface RestContext {
  readonly contract: Contract;
  readonly routes: Readonly<Record<string, Handler>>;
  readonly violations: Violation[];
}

/** Answers one operation: rule, contract, handler, contract again. A wrong answer of ours becomes a 500 and a violation. */
export function answerRest(context: RestContext, operation: Operation, request: RestRequest): RestResponse {
  const { contract, routes, violations } = context;
  const rule = RULES[operation.id];
  const handler = routes[operation.id];
  if (rule === undefined || handler === undefined)
    throw new Error(`simulator/rest: ${operation.id} has no rule or no handler; add it to rules.ts and routes/`);
  const refused = refusal(request.world, rule, { ...request, method: operation.method });
  if (refused !== null) return refused;
  const problems = contract.requestProblems(operation, Object.fromEntries(request.query), request.body);
  if (problems.length > 0) return failure(422, `Invalid request.\n\n${problems.join("\n")}`);
  const response = handled(handler, request, violations);
  const wrong = contract.responseProblems(operation, response.status, response.body);
  if (wrong.length === 0) return response;
  violations.push({ kind: "response_schema", where: `${operation.id} ${response.status}`, problems: wrong });
  return failure(500, `the simulator's answer does not fit GitHub's schema: ${wrong.slice(0, 3).join("; ")}`);
}

function handled(handler: Handler, request: RestRequest, violations: Violation[]): RestResponse {
  try {
    return handler(request);
  } catch (error) {
    if (!(error instanceof UnknownQualifier)) throw error;
    violations.push({ kind: "unknown_search_qualifier", where: request.path, problems: [error.message] });
    return failure(500, `the simulator does not know the search qualifier ${error.message}`);
  }
}

/** GitHub tags what it reads out; a client that has the same tag gets 304 and pays nothing. */
export const tagOf = (text: string | Buffer): string => `W/"${createHash("sha256").update(text).digest("hex")}"`;

/** True for requests that create something others see, which have their own limit. */
export const createsContent = (operation: Operation, caller: Caller): boolean =>
  caller.kind === "installation" && operation.method !== "GET";
