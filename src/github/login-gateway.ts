import type { AccountId } from "../ids.ts";

/** A GitHub App that was just created through the manifest form; all of it is secret but slug and address. */
export interface CreatedApp {
  readonly appId: number;
  readonly slug: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly webhookSecret: string;
  readonly privateKey: string;
  /** Where owners install it. */
  readonly htmlUrl: string;
}

/** GitHub login for people (web flow with PKCE). The user token is read once and dropped. */
export interface LoginGateway {
  authorizeUrl(input: { readonly state: string; readonly codeChallenge: string; readonly redirectUri: string }): string;
  /** The account behind a code. Throws OperatingError when GitHub refuses it. */
  accountOf(input: {
    readonly code: string;
    readonly codeVerifier: string;
    readonly redirectUri: string;
  }): Promise<{ readonly id: AccountId; readonly login: string }>;
}
