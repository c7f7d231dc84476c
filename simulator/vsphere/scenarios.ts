import { randomUUID } from "node:crypto";
import { known, optionalText, type Params, textOf } from "../chassis/scenario-params";
import { unregister } from "./crypto-manager/clusters";
import {
  generateSelfSigned,
  keyOfPair,
  keyOfSigned,
  makeSigningRequest,
  useCertificate,
} from "./providers/client-certificates";
import { awaitNextCheck } from "./providers/health";
import { kmsClusterNamed, trustedProviderNamed } from "./providers/lookup";
import { isSameCertificate, readCertificate } from "./providers/pem";
import { deleteTrusted } from "./trust-authority/key-providers";
import { isApiVersion } from "./vcenter/api-version";
import type { VCenter } from "./vcenter/machine";
import type { KeyProvider, KeyServer, TrustedProvider } from "./vcenter/state";
import { type Encrypted, encrypt } from "./workload/data-keys";

type Scenario = (vcenter: VCenter, params: Params) => void | Promise<void>;

/**
 * What somebody else does to the vCenter, past the API's refusals. `provider` is the name of a trusted or a standard one,
 * `machine` the id or name of a virtual machine or a host.
 */
export const scenarios = {
  /** `{provider}`: also one that is in use, or the default. */
  deleteProvider(vcenter, params) {
    const name = textOf(params, "provider");
    const cluster = kmsClusterNamed(vcenter, name);
    if (cluster) unregister(vcenter, cluster);
    const owner = vcenter.state.trustAuthorityClusters.find(({ providers }) =>
      providers.some((each) => each.name === name),
    );
    const trusted = trustedProviderNamed(vcenter, name);
    if (owner && trusted) deleteTrusted(vcenter, owner, trusted);
    known(cluster ?? trusted, "provider", name);
  },

  /** `{provider, server, host, port?}` */
  addServer: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const [name, host] = [textOf(params, "server"), textOf(params, "host")];
      provider.servers = [...provider.servers, { name, host, port: portOf(params) ?? 5696 }];
    }),

  /** `{provider, server}`: also the last one. */
  removeServer: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const server = serverOf(provider, params);
      provider.servers = provider.servers.filter((other) => other !== server);
    }),

  /** `{provider, server, host?, port?}` */
  moveServer: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const server = serverOf(provider, params);
      server.host = optionalText(params, "host") ?? server.host;
      server.port = portOf(params) ?? server.port;
    }),

  /** `{provider, certificate}`: one more. */
  trustCertificate: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const added = readCertificate("certificate", textOf(params, "certificate"));
      provider.trustedCertificates = [...provider.trustedCertificates, added.toString()];
    }),

  /** `{provider, certificate?}`: without one, all of them. */
  untrustCertificate: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const pem = optionalText(params, "certificate");
      const removed = pem === undefined ? undefined : readCertificate("certificate", pem);
      provider.trustedCertificates = provider.trustedCertificates.filter(
        (each) => removed !== undefined && !isSameCertificate(each, removed),
      );
    }),

  /** `{provider}`: and puts it to use at once. */
  async generateClientCertificate(vcenter, params) {
    const provider = providerOf(vcenter, params);
    const { pem, key } = await generateSelfSigned(vcenter);
    provider.selfSignedCertificate = pem;
    vcenter.secretsOf(provider).selfSignedKey = key;
    useCertificate(vcenter, provider, { pem, key, origin: "generated" });
  },

  /** `{provider}` */
  async makeSigningRequest(vcenter, params) {
    await makeSigningRequest(vcenter, providerOf(vcenter, params));
  },

  /** `{provider, certificate, privateKey?}`: without a key, one that answers the last request. */
  uploadClientCertificate(vcenter, params) {
    const provider = providerOf(vcenter, params);
    const [pem, privateKey] = [textOf(params, "certificate"), optionalText(params, "privateKey")];
    const certificate = { property: "certificate", pem };
    const key =
      privateKey === undefined
        ? keyOfSigned(vcenter, provider, certificate)
        : keyOfPair(certificate, { property: "privateKey", pem: privateKey });
    useCertificate(vcenter, provider, { pem, key, origin: privateKey === undefined ? "signed" : "uploaded" });
  },

  /** `{provider, primaryKeyID}` */
  changePrimaryKey(vcenter, params) {
    trustedOf(vcenter, params).primaryKeyID = textOf(params, "primaryKeyID");
  },

  /** `{provider, description}` */
  changeDescription(vcenter, params) {
    trustedOf(vcenter, params).description = textOf(params, "description");
  },

  /** `{provider, userName}`: an empty one is none. */
  changeUserName: (vcenter, params) =>
    changeSettings(vcenter, params, { userName: textOf(params, "userName") || undefined }),

  /** `{provider, host, port?}`: an empty host is no proxy. */
  changeProxy(vcenter, params) {
    const host = textOf(params, "host");
    changeSettings(vcenter, params, { proxy: host === "" ? undefined : { host, port: portOf(params) } });
  },

  /** `{provider, seconds}`: without seconds there is no time-out. */
  changeTimeout: (vcenter, params) => changeSettings(vcenter, params, { timeoutSeconds: numberOf(params, "seconds") }),

  /** `{provider, password, server?}` */
  changePassword: (vcenter, params) =>
    changeProvider(vcenter, params, (provider) => {
      const { passwords } = vcenter.secretsOf(provider);
      passwords[optionalText(params, "server") ?? ""] = textOf(params, "password");
    }),

  /** `{provider?}`: without one there is no default. */
  changeDefault(vcenter, params) {
    const name = optionalText(params, "provider");
    if (name === undefined) delete vcenter.state.defaultProvider;
    else vcenter.state.defaultProvider = known(kmsClusterNamed(vcenter, name), "provider", name).name;
  },

  /** `{provider}`: a native one, among the others in lists. */
  addNativeProvider(vcenter, params) {
    vcenter.state.kmsClusters.push({
      uuid: randomUUID(),
      name: textOf(params, "provider"),
      managementType: "nativeProvider",
      native: { hasBackup: true, tpmRequired: false, keyID: randomUUID() },
      ...{ servers: [], common: {}, trustedCertificates: [], keys: [] },
      health: { at: vcenter.timestamp() },
    });
  },

  /** `{machine, provider?}`: with a new data key. Without a provider, by the default one. */
  encrypt: (vcenter, params) => encrypt(vcenter, machineOf(vcenter, params), optionalText(params, "provider")),

  /** `{machine}` */
  decrypt(vcenter, params) {
    delete machineOf(vcenter, params).dataKey;
  },

  /** `{apiVersion}`: an upgrade, at which Trust Authority may go. */
  upgrade(vcenter, params) {
    const apiVersion = textOf(params, "apiVersion");
    if (!isApiVersion(apiVersion)) throw new RangeError(`${apiVersion} is no version`);
    vcenter.state.apiVersion = apiVersion;
    vcenter.sessions.endAll();
  },

  /** Another vCenter answers at the address. */
  replaceIdentity(vcenter) {
    vcenter.state.instanceUuid = randomUUID();
    vcenter.sessions.endAll();
  },

  /** Everybody has to log in again. */
  endSessions: (vcenter) => vcenter.sessions.endAll(),

  /** `{password}`: of the user of this vCenter. */
  replaceLogin(vcenter, params) {
    vcenter.secrets.password = textOf(params, "password");
    vcenter.sessions.endAll();
  },
} satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

export async function act(vcenter: VCenter, name: ScenarioName, params: Params): Promise<void> {
  await scenarios[name](vcenter, params);
  await vcenter.save();
}

function changeProvider(vcenter: VCenter, params: Params, change: (provider: KeyProvider) => void): void {
  const provider = providerOf(vcenter, params);
  change(provider);
  awaitNextCheck(vcenter, provider);
}

/** Of a trusted provider for all servers, of a standard one for each. */
function changeSettings(vcenter: VCenter, params: Params, changes: Partial<KeyServer>): void {
  const trusted = trustedProviderNamed(vcenter, textOf(params, "provider"));
  changeProvider(vcenter, params, ({ common, servers }) => {
    for (const changed of trusted ? [common] : servers) Object.assign(changed, changes);
  });
}

function providerOf(vcenter: VCenter, params: Params): KeyProvider {
  const name = textOf(params, "provider");
  return known(trustedProviderNamed(vcenter, name) ?? kmsClusterNamed(vcenter, name), "provider", name);
}

function trustedOf(vcenter: VCenter, params: Params): TrustedProvider {
  const name = textOf(params, "provider");
  return known(trustedProviderNamed(vcenter, name), "trusted provider", name);
}

function serverOf({ servers }: KeyProvider, params: Params): KeyServer {
  const wanted = textOf(params, "server");
  return known(
    servers.find(({ name }) => name === wanted),
    "server",
    wanted,
  );
}

function machineOf({ state }: VCenter, params: Params): Encrypted {
  const wanted = textOf(params, "machine");
  const machines: Encrypted[] = [...state.virtualMachines, ...state.hosts];
  return known(
    machines.find(({ id, name }) => id === wanted || name === wanted),
    "machine",
    wanted,
  );
}

function portOf(params: Params): number | undefined {
  return numberOf(params, "port");
}

function numberOf(params: Params, name: string): number | undefined {
  const value = params[name];
  if (value === undefined || (Number.isInteger(value) && Number(value) > 0)) return value as number | undefined;
  throw new RangeError(`${name} is a number`);
}
