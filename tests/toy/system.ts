import { UnexpectedAnswerError } from "../../provider/connections/errors";
import { explain, runAgain } from "../../provider/connections/https/call";
import { HttpsClient } from "../../provider/connections/https/client";
import {
  authenticated,
  type Credentials,
  LoginRefusedError,
  SharedProof,
} from "../../provider/connections/https/credentials";
import { httpsSettings } from "../../provider/connections/https/settings";
import { type HttpRequest, httpsTransport } from "../../provider/connections/https/transport";
import type { Clock } from "../../provider/core/clock";
import type { Place } from "../../provider/core/errors";
import type { ApiCall, ConnectionRuntime, Surroundings, System } from "../../provider/core/system";
import { VAULT } from "../connections/toy-vault";

/** It shows a certificate of an authority that is named, or of one that every machine knows: nobody pins it. */
interface VaultSettings {
  endpoint: string;
  apiKey: string;
  caCertificate?: string;
}

export interface VaultKey {
  id: number;
  name: string;
  algorithm: "AES256" | "RSA4096";
}

interface Methods {
  GetInstance: { params: object; result: { guid: string } };
  ListKeys: { params: object; result: VaultKey[] };
  CreateKey: { params: Omit<VaultKey, "id">; result: VaultKey };
  RenameKey: { params: Pick<VaultKey, "id" | "name">; result: VaultKey };
  DeleteKey: { params: Pick<VaultKey, "id">; result: null };
}
type Method = keyof Methods;

const CALLS: Readonly<Record<Method, ApiCall>> = {
  GetInstance: { effect: "read", since: "2.0" },
  ListKeys: { effect: "read", since: "2.0" },
  CreateKey: { effect: "create", since: "2.0" },
  RenameKey: { effect: "idempotent", since: "2.0" },
  DeleteKey: { effect: "idempotent", since: "2.0" },
};

const REQUESTS: { [M in Method]: (params: Methods[M]["params"]) => HttpRequest } = {
  GetInstance: () => ({ verb: "GET", path: "/instance" }),
  ListKeys: () => ({ verb: "GET", path: "/keys" }),
  CreateKey: (key) => ({ verb: "POST", path: "/keys", body: JSON.stringify(key) }),
  RenameKey: ({ id, name }) => ({ verb: "PATCH", path: `/keys/${id}`, body: JSON.stringify({ name }) }),
  DeleteKey: ({ id }) => ({ verb: "DELETE", path: `/keys/${id}` }),
};

/** A bearer token is fetched for the key of the API, and ends. */
function bearerToken(apiKey: string, clock: Clock): Credentials {
  const refused = () => new LoginRefusedError("the vault refused the key (HTTP 401)", "correct the connection's key");
  return {
    secrets: [apiKey],
    async prove(exchange) {
      const { status, body } = await exchange({
        verb: "POST",
        path: "/token",
        body: new URLSearchParams({ apikey: apiKey }).toString(),
      });
      if (status === 401) throw refused();
      const { token, seconds } = JSON.parse(body);
      const ends = new Date(clock.now().getTime() + seconds * 1000);
      return { headers: { authorization: `Bearer ${token}` }, secrets: [token], ends };
    },
    refusalIn: ({ status }) => (status === 401 ? refused() : undefined),
  };
}

/** A vault, as resources reach it. */
export class Vault {
  readonly place: Place;
  private readonly client: HttpsClient;

  constructor(
    name: string,
    readonly settings: VaultSettings,
    private readonly runtime: ConnectionRuntime,
    { proxy, login }: Surroundings,
  ) {
    this.place = { noun: VAULT.noun, name };
    const { clock } = runtime;
    const proof = new SharedProof(bearerToken(settings.apiKey, clock), clock);
    const transport = authenticated(httpsTransport(settings, VAULT, proxy), proof);
    this.client = new HttpsClient(VAULT, this.place, settings.endpoint, transport, clock, login);
  }

  async call<M extends Method>(method: M, params: Methods[M]["params"]): Promise<Methods[M]["result"]> {
    const { effect } = CALLS[method];
    if (effect !== "read") {
      await this.runtime.assertHostAlive({ attempt: `calling ${method}`, place: this.place });
    }
    return this.client.ask({
      method,
      effect,
      timeoutSeconds: 30,
      request: () => REQUESTS[method](params),
      read({ status, body }, call) {
        if (status === 200) return JSON.parse(body);
        const reason = `the vault answered with HTTP status ${status}`;
        throw new UnexpectedAnswerError(explain(call, reason, runAgain(call, "look at the vault's console")));
      },
    });
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

/** A system that is none of ours, as small as can be. */
export const vault: System<VaultSettings, Vault> = {
  noun: VAULT.noun,
  configurationKey: "vaults",
  environmentVariable: "EKM_VAULTS",
  settings: {
    endpoint: { required: true, placeholder: "https://HOST" },
    apiKey: { required: true, secret: true },
    caCertificate: {},
  },
  freshened: { members: ["apiKey"], inWords: "API key" },
  validated(given, complain, { shape }) {
    const { apiKey } = given;
    if (typeof apiKey !== "string") throw complain("apiKey is missing", shape);
    return { ...httpsSettings(given, VAULT, complain, shape), apiKey };
  },
  account: ({ endpoint, apiKey }) => [endpoint, apiKey],
  open: (name, settings, runtime, surroundings) => new Vault(name, settings, runtime, surroundings),
  identity: {
    inWords: "GUID",
    recordedAs: "vaultGUID",
    of: async (connection) => (await connection.call("GetInstance", {})).guid,
  },
  calls: CALLS,
};
