import { forbidden, type Handler, notFound, ok, paged, type RestRequest, type RestResponse } from "../http/request.ts";
import { publicUser } from "../represent/account.ts";
import { type PublicEvent, publicEvents } from "../world/events.ts";
import { accountNamed, fullName, repositoryOf } from "../world/lookup.ts";
import type { User } from "../world/world.ts";

export const userRoutes: Readonly<Record<string, Handler>> = {
  "users/get-by-username": ({ world, params, urls }) => {
    const account = accountNamed(world, params.username ?? "");
    return account === undefined ? notFound() : ok(publicUser(urls, world, account));
  },
  "users/get-by-id": ({ world, params, urls }) => {
    const account = world.accounts.get(Number(params.account_id));
    return account === undefined ? notFound() : ok(publicUser(urls, world, account));
  },
  "users/get-authenticated": ({ world, caller, urls }) =>
    caller.kind === "user" || caller.kind === "person" ? ok(publicUser(urls, world, caller.user)) : forbidden(),
  "users/list-gpg-keys-for-user": (request) => withUser(request, (user) => paged(request, user.gpgKeys, gpgKey)),
  "users/list-ssh-signing-keys-for-user": (request) =>
    withUser(request, (user) =>
      paged(request, user.sshSigningKeys, ({ id, key, createdAt }) => ({ id, key, title: "", created_at: createdAt })),
    ),
  "activity/list-public-events-for-user": (request) =>
    withUser(request, (user) =>
      paged(request, publicEvents(request.world, user, request.now), (event) => eventView(request, user, event)),
    ),
};

function withUser(request: RestRequest, answer: (user: User) => RestResponse): RestResponse {
  const account = accountNamed(request.world, request.params.username ?? "");
  return account?.type === "User" ? answer(account) : notFound();
}

const gpgKey = ({ id, keyId, createdAt }: User["gpgKeys"][number]): Readonly<Record<string, unknown>> => ({
  id,
  primary_key_id: null,
  key_id: keyId,
  public_key: "",
  emails: [],
  subkeys: [],
  can_sign: true,
  can_encrypt_comms: false,
  can_encrypt_storage: false,
  can_certify: true,
  created_at: createdAt,
  expires_at: null,
  revoked: false,
  raw_key: null,
});

function eventView({ world, urls }: RestRequest, user: User, event: PublicEvent): Readonly<Record<string, unknown>> {
  const name = fullName(world, repositoryOf(world, event.repositoryId));
  return {
    id: event.id,
    type: event.type,
    actor: {
      id: user.id,
      login: user.login,
      display_login: user.login,
      gravatar_id: "",
      url: `${urls.api}/users/${user.login}`,
      avatar_url: `${urls.html}/avatars/${user.id}`,
    },
    repo: { id: event.repositoryId, name, url: `${urls.api}/repos/${name}` },
    payload: event.payload,
    public: true,
    created_at: event.at,
  };
}
