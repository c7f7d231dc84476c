import { isDeepStrictEqual } from "node:util";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { Certificates } from "./certificates";
import { EngineOutputFilter } from "./engine-output";
import { expect } from "./errors";
import { type ClusterView, type KeyServerObject, listKeyServerObjects, lookAtCluster } from "./observation";
import type { Pulumi } from "./pulumi";
import type { Report } from "./report";
import { KEY_SERVER_ADDRESS, KEY_SERVER_HOST } from "./servers";

/** What was seen, step by step; a step that was not reached is absent. */
export interface Observations {
  /** With the key that the cluster made itself. */
  before?: ClusterView;
  /** With the key on the key server. */
  after?: ClusterView;
  /** What the key server listed then. */
  keyServer?: { objects: KeyServerObject[] };
  /** How the nightly look ended after a change by hand. */
  drift?: { exitCode: number };
  restored?: ClusterView;
  destroyed?: ClusterView;
  /** From the start of the servers to the end of the last step. */
  seconds?: number;
}

/** What the story takes place on. */
export interface Stage {
  cluster: Cluster;
  keyServerPort: number;
  certificates: Certificates;
  pulumi: Pulumi;
  report: Report;
}

/** The engine's exit code when something changed although nothing was expected to. */
const CHANGES_FOUND = 7;

/** From internal keys to a key server, and through a change by hand. */
export async function moveToKeyServer(stage: Stage, seen: Observations): Promise<void> {
  const { cluster, report } = stage;
  report.heading("The cluster before");
  seen.before = await lookAtCluster(cluster);
  showCluster(report, seen.before);
  expect("the master key is internal", holderOf(seen.before) === "internal");

  report.heading("One pulumi up");
  expect("pulumi up succeeds", (await run(stage, ["up", "--yes", "--skip-preview"])) === 0);

  report.heading("The cluster after");
  seen.after = await lookAtCluster(cluster);
  showCluster(report, seen.after);
  expect("the master key is external", holderOf(seen.after) === "external");

  report.heading("The key as the key server itself lists it");
  const objects = await listKeyServerObjects(stage.keyServerPort, stage.certificates);
  seen.keyServer = { objects };
  for (const object of objects) showObject(report, object);
  expect("the key server holds the cluster's key, active", objects.some(isActiveKey(seen.after)));

  await changeByHand(stage, seen.after);
  report.heading("The nightly look sees it");
  const exitCode = await run(stage, ["preview", "--refresh", "--expect-no-changes"]);
  seen.drift = { exitCode };
  report.say(`exit code ${exitCode}`);
  expect(`the exit code is ${CHANGES_FOUND}`, exitCode === CHANGES_FOUND);

  report.heading("Mending it");
  expect("pulumi up succeeds", (await run(stage, ["up", "--refresh", "--yes", "--skip-preview"])) === 0);
  seen.restored = await lookAtCluster(cluster);
  showCluster(report, seen.restored);
  expect("the key servers are as before", isDeepStrictEqual(seen.restored.keyServers, seen.after.keyServers));
  expect("the master key is the same", keyIDOf(seen.restored) === keyIDOf(seen.after));
}

/** Back to internal keys, with nothing left of what was declared. */
export async function moveBack(stage: Stage, seen: Observations): Promise<void> {
  const { cluster, report } = stage;
  report.heading("The way back");
  expect("pulumi destroy succeeds", (await run(stage, ["destroy", "--yes", "--skip-preview"])) === 0);
  seen.destroyed = await lookAtCluster(cluster);
  showCluster(report, seen.destroyed);
  const { keyServers, keyProviders } = seen.destroyed;
  expect("the master key is internal", holderOf(seen.destroyed) === "internal");
  expect("key server and key provider are gone", keyServers.length === 0 && keyProviders.length === 0);
}

/** As an administrator would in the cluster's own interface. */
async function changeByHand({ cluster, report }: Stage, { keyServers: [keyServer] }: ClusterView): Promise<void> {
  expect("the cluster has a key server", keyServer !== undefined);
  const hostnames = [KEY_SERVER_HOST, KEY_SERVER_ADDRESS];
  report.heading("Somebody changes the key server by hand");
  report.say(`ModifyKeyServerKmip: host names ${hostnames.join(", ")}`);
  await cluster.call("ModifyKeyServerKmip", {
    keyServerID: keyServer.keyServerID,
    kmipKeyServerHostnames: hostnames,
  });
}

function run({ pulumi, report }: Stage, args: string[]): Promise<number> {
  report.command(`pulumi ${args.join(" ")}`);
  const filter = new EngineOutputFilter();
  return pulumi.run(args, (line) => {
    for (const shown of filter.shown(line)) report.say(shown);
  });
}

function showCluster(report: Report, { encryption: { masterKeyInfo }, keyServers, keyProviders }: ClusterView): void {
  report.facts({
    "Master key": masterKeyInfo?.keyManagementType,
    "Key id": masterKeyInfo?.keyID,
    "Key provider id": masterKeyInfo?.keyProviderID,
    "Key providers": keyProviders.map(({ keyProviderName }) => keyProviderName).join(", ") || "none",
    "Key servers":
      keyServers
        .map((server) => `${server.kmipKeyServerHostnames.join(", ")} port ${server.kmipKeyServerPort}`)
        .join("; ") || "none",
  });
}

function showObject(report: Report, object: KeyServerObject): void {
  report.facts({
    Object: object.uniqueIdentifier,
    Type: `${object.objectType}, ${object.algorithm} ${object.length}`,
    State: object.state,
    Activated: object.dates.activation?.toISOString(),
    ...object.customAttributes,
  });
}

/** The attribute by which a cluster finds its key again carries the key's id. */
const isActiveKey = (view: ClusterView) => (object: KeyServerObject) =>
  object.state === "Active" && Object.values(object.customAttributes).includes(String(keyIDOf(view)));

const holderOf = ({ encryption }: ClusterView) => encryption.masterKeyInfo?.keyManagementType;
const keyIDOf = ({ encryption }: ClusterView) => encryption.masterKeyInfo?.keyID;
