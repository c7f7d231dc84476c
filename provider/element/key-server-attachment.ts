import { IncompleteError } from "../errors";
import { type CheckFailure, type Context, isUnknown, type Lifecycle, refusal } from "../lifecycle";
import type { Cluster } from "./api/cluster";
import type { KeyServerKmip } from "./api/types";
import { adoptMatchComplaint, checkArgument, idComplaint, optional } from "./arguments";
import { testKeyProvider } from "./connectivity";
import { ObjectNotFoundError, ProviderActiveError, ServerAttachedElsewhereError } from "./errors";
import {
  checkCluster,
  exclusivelyOn,
  type Identity,
  identify,
  isConnectionKnown,
  isRelocated,
  type OnCluster,
} from "./identity";
import { activeReason, waitUntilInactive } from "./key-providers";
import { findKeyServer } from "./key-servers";
import { logicalName } from "./ownership";
import { nameOf } from "./wording";

const DELETE_DEADLINE_SECONDS = 600;

export interface KeyServerAttachmentInputs extends OnCluster {
  /** Id of the key provider. */
  keyProvider: string;
  /** Id of the key server. */
  keyServer: string;
  adopt?: string;
  /** Names of both, known before their ids are: for whoever reads. */
  keyProviderName?: string;
  keyServerName?: string;
}

export interface KeyServerAttachmentOutputs extends Identity, KeyServerAttachmentInputs {
  /** The provider's test passed after the server was added. */
  tested: boolean;
}

export const keyServerAttachment: Lifecycle<KeyServerAttachmentInputs, KeyServerAttachmentOutputs> = {
  async check(olds, news, context) {
    const failures = [
      ...checkCluster(news, context),
      ...checkArgument("keyProvider", news.keyProvider, idComplaint),
      ...checkArgument("keyServer", news.keyServer, idComplaint),
      ...checkArgument("adopt", news.adopt, optional(adoptMatchComplaint)),
    ];
    if (failures.length > 0) return { inputs: news, failures };
    return { inputs: news, failures: [...checkDeclaredOnce(news, context), ...(await checkMove(olds, news, context))] };
  },

  async diff(_id, olds, news, { log }) {
    const moves = endsDiffer(olds, news);
    if (moves) {
      const [from, to] = [olds, news].map((ends) => nameOf("key provider", ends.keyProvider, ends.keyProviderName));
      log.info(`${from} is left without its key server, unless it is active by then; ${to} gets ${serverOf(news)}`);
    } else if (!olds.tested) {
      const provider = nameOf("key provider", olds.keyProvider, olds.keyProviderName);
      log.info(`${provider}: the last test failed, and it will be tested again`);
    }
    return { changes: !olds.tested || isRelocated(olds, news) || moves };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    if (inputs.adopt === undefined) await exclusivelyOn(cluster, context, () => attach(cluster, inputs, refuse));
    else await assertAttached(cluster, inputs);
    const outputs = { ...inputs, ...identity, tested: true };
    return { id: inputs.keyServer, outputs: await tested(cluster, inputs.keyServer, outputs) };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identify(context, state.cluster, state);
    const server = await findKeyServer(cluster, Number(state.keyServer));
    if (server === undefined || server.keyProviderID === null) return undefined;
    const { stateVersion, clusterUniqueID, tlsVerification, tested, ...inputs } = state;
    const keyProvider = String(server.keyProviderID);
    const keyProviderName = keyProvider === state.keyProvider ? inputs.keyProviderName : undefined;
    const current = { ...inputs, keyProvider, keyProviderName };
    return { id, inputs: current, outputs: { ...current, ...identity, tested } };
  },

  async update(id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    if (olds.keyServer !== news.keyServer) await detach(cluster, olds, 0, context);
    await exclusivelyOn(cluster, context, () =>
      attach(cluster, news, (server, attempt) => release(cluster, server, attempt, context)),
    );
    return tested(cluster, id, { ...news, ...identity, tested: true });
  },

  async delete(_id, state, context) {
    if (context.declarations.heir(attachmentKey(state), context.urn) !== undefined) {
      context.log.info(`key server ${state.keyServer} stays attached: another resource of this program declares it`);
      return;
    }
    const { cluster } = await identify(context, state.cluster, state);
    await detach(cluster, state, state.deadlines?.delete ?? DELETE_DEADLINE_SECONDS, context);
  },
};

const attachmentKey = ({ cluster, keyServer }: KeyServerAttachmentInputs) => `attachment:${cluster}:${keyServer}`;

const endsDiffer = (a: KeyServerAttachmentInputs, b: KeyServerAttachmentInputs): boolean =>
  a.keyProvider !== b.keyProvider || a.keyServer !== b.keyServer;

const serverOf = ({ keyServer, keyServerName }: KeyServerAttachmentInputs) =>
  nameOf("key server", keyServer, keyServerName);

function checkDeclaredOnce(news: KeyServerAttachmentInputs, context: Context): CheckFailure[] {
  if (isUnknown(news.keyServer)) return [];
  const other = context.declarations.declare(attachmentKey(news), context.urn);
  if (other === undefined) return [];
  return [
    { property: "keyServer", reason: `key server ${news.keyServer} is already attached by ${other}: declare it once` },
  ];
}

/** Refuses at plan time to take the server away from an active provider. */
async function checkMove(
  olds: Partial<KeyServerAttachmentInputs>,
  news: KeyServerAttachmentInputs,
  context: Context,
): Promise<CheckFailure[]> {
  const { cluster: name, keyProvider, keyServer } = olds;
  if (name === undefined || keyProvider === undefined || keyServer === undefined) return [];
  if (
    isUnknown(news.keyProvider) ||
    isUnknown(news.keyServer) ||
    !endsDiffer({ ...news, keyProvider, keyServer }, news)
  ) {
    return [];
  }
  if (!isConnectionKnown(name, context)) return [];
  const { cluster } = await identify(context, name);
  const server = await findKeyServer(cluster, Number(keyServer));
  if (server?.keyProviderID !== Number(keyProvider)) return [];
  const reason = await activeReason(cluster, Number(keyProvider));
  if (reason === undefined) return [];
  const attempt = `detaching key server ${keyServer} from key provider ${keyProvider}`;
  const refused = new ProviderActiveError({ attempt, cluster: cluster.name, reason, wayOut: WAY_OUT });
  return [refusal(keyServer === news.keyServer ? "keyProvider" : "keyServer", refused)];
}

const WAY_OUT =
  'to move the keys, give server, provider and attachment new logical names and point the master key at the new ones; where only a logical name changed, declare the old one with the resource option "aliases", or change it back';

/** What to do with a server that another provider has. */
type FromOther = (server: KeyServerKmip, attempt: string, cluster: Cluster) => Promise<void>;

/** Attaches a server: nothing to do when it already is. */
async function attach(cluster: Cluster, inputs: KeyServerAttachmentInputs, fromOther: FromOther): Promise<void> {
  const attempt = `attaching key server ${inputs.keyServer} to key provider ${inputs.keyProvider}`;
  const [keyServerID, keyProviderID] = [Number(inputs.keyServer), Number(inputs.keyProvider)];
  const server = await findKeyServer(cluster, keyServerID);
  if (server === undefined) throw missing(attempt, cluster, `there is no key server ${keyServerID}`);
  if (server.keyProviderID === keyProviderID) return;
  if (server.keyProviderID !== null) await fromOther(server, attempt, cluster);
  await cluster.call("AddKeyServerToProviderKmip", { keyProviderID, keyServerID });
}

/** An attachment that is taken over was made by somebody else: none is made here. */
async function assertAttached(cluster: Cluster, { keyServer, keyProvider }: KeyServerAttachmentInputs): Promise<void> {
  const server = await findKeyServer(cluster, Number(keyServer));
  if (server?.keyProviderID === Number(keyProvider)) return;
  throw new ObjectNotFoundError({
    attempt: `adopting the attachment of key server ${keyServer} to key provider ${keyProvider}`,
    cluster: cluster.name,
    reason:
      server === undefined
        ? `there is no key server ${keyServer}`
        : `key server ${keyServer} belongs to key provider ${server.keyProviderID ?? "none"}`,
    wayOut: "declare what the cluster has, or leave adopt out, and the server is attached",
  });
}

/** A new attachment takes no server away. */
const refuse: FromOther = async ({ keyServerID, keyProviderID }, attempt, cluster) => {
  throw new ServerAttachedElsewhereError({
    attempt,
    cluster: cluster.name,
    reason: `key server ${keyServerID} belongs to key provider ${keyProviderID}`,
    wayOut: "declare a key server of its own for each provider, or detach it there first",
  });
};

/** An attachment that was there before takes its server back, but from no active provider. */
async function release(cluster: Cluster, server: KeyServerKmip, attempt: string, context: Context): Promise<void> {
  const { keyServerID, keyProviderID } = server;
  const reason = await activeReason(cluster, Number(keyProviderID));
  if (reason !== undefined) {
    throw new ProviderActiveError({ attempt, cluster: cluster.name, reason, wayOut: WAY_OUT });
  }
  context.log.info(`taking key server ${keyServerID} from inactive key provider ${keyProviderID}`);
  await cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID });
}

/** Removes the server from its provider, once that is inactive, and from no other one that it may have by now. */
async function detach(
  cluster: Cluster,
  { keyServer, keyProvider }: KeyServerAttachmentInputs,
  deadlineSeconds: number,
  context: Context,
): Promise<void> {
  const keyServerID = Number(keyServer);
  const attempt = `detaching key server ${keyServer} from key provider ${keyProvider} ("${logicalName(context.urn)}")`;
  const isAttached = async () => (await findKeyServer(cluster, keyServerID))?.keyProviderID === Number(keyProvider);
  if (!(await isAttached())) return;
  await waitUntilInactive(cluster, Number(keyProvider), attempt, deadlineSeconds, context);
  if (!(await isAttached())) return;
  await cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID });
}

async function tested(
  cluster: Cluster,
  id: string,
  outputs: KeyServerAttachmentOutputs,
): Promise<KeyServerAttachmentOutputs> {
  try {
    await testKeyProvider(cluster, Number(outputs.keyProvider));
    return outputs;
  } catch (error) {
    throw new IncompleteError(id, { ...outputs, tested: false }, error as Error);
  }
}

const missing = (attempt: string, cluster: Cluster, reason: string) =>
  new ObjectNotFoundError({
    attempt,
    cluster: cluster.name,
    reason,
    wayOut: 'run "pulumi up --refresh": what is missing is created anew',
  });
