import { ok, strictEqual } from "node:assert";
import { X509Certificate } from "node:crypto";
import { publicKeyFingerprint } from "../../../simulator/element/methods/key-pair";
import { PASSWORD } from "../../element/stage";
import type { StateResource } from "../../engine/harness";
import type { KeyServer } from "../key-server";
import type { Allowance, Ledger } from "./ledger";
import { ofKind, pairsMade, rekeysStarted, type Sight } from "./sight";
import { kindOf } from "./stack";
import type { World } from "./world";

/** What a step was meant to do, and what it said. */
export interface Deed {
  allowed: Allowance;
  /** It was cut off, or calls went wrong. */
  disturbed: boolean;
  output: string;
}

/** What holds after each step, whatever it was. */
export function assertInvariants(world: World, ledger: Ledger, before: Sight, after: Sight, deed: Deed): void {
  assertNothingUnasked(before, after, deed.allowed);
  assertKeysAreKept(world, after);
  assertMarksAreKnown(ledger, after, deed.disturbed);
  assertNothingIsLost(before, after);
  assertNoSecret(world, deed.output);
}

function assertNothingUnasked(before: Sight, after: Sight, allowed: Allowance): void {
  const rekeys = rekeysStarted(after) - rekeysStarted(before);
  ok(rekeys <= allowed.rekeys, `${rekeys} rekeys were started where ${allowed.rekeys} were asked for`);
  const pairs = pairsMade(after) - pairsMade(before);
  ok(pairs <= allowed.pairs, `${pairs} key pairs were made where ${allowed.pairs} were asked for`);
}

/** The key servers have the key in force and what a rekey or an outage still holds, and nothing else. */
function assertKeysAreKept(world: World, sight: Sight): void {
  const { softwareEncryption, hardwareEncryption, keysToDestroy } = sight.cluster;
  const { masterKey, rekey } = softwareEncryption;
  const outstanding = [masterKey, rekey?.newKey, rekey?.oldKey, hardwareEncryption.key, ...keysToDestroy];
  const accounted = new Set(outstanding.flatMap((key) => key?.keyID ?? []));
  for (const keyID of sight.activeKeys) ok(accounted.has(keyID), `key ${keyID} was left over on a key server`);
  if (masterKey?.keyManagementType === "external") {
    ok(sight.activeKeys.includes(masterKey.keyID), `the master key ${masterKey.keyID} is on no key server`);
  }
  ok(sight.unwraps || isCutOff(world, sight), "the data key does not unwrap");
}

/** Somebody has stopped or moved the key server, or made another key pair: no run has mended it yet. */
function isCutOff({ installation }: World, { cluster }: Sight): boolean {
  const holder = cluster.softwareEncryption.masterKey?.keyProviderID;
  const server = cluster.keyServers.find(({ keyProviderID }) => keyProviderID === holder);
  if (server === undefined) return false;
  const isThere = ({ isRunning, settings }: KeyServer) => isRunning && settings.port === server.kmipKeyServerPort;
  const certified = new X509Certificate(server.kmipClientCertificate).publicKey;
  const isOfPair = publicKeyFingerprint(certified) === cluster.keyPair?.fingerprint256;
  return !isOfPair || !(isThere(installation.east) || isThere(installation.west));
}

function assertMarksAreKnown(ledger: Ledger, sight: Sight, disturbed: boolean): void {
  for (const [kind, id, name] of objectsOf(sight)) {
    const which = ledger.stacks.findIndex(({ marks }) => marks.has(name));
    if (which < 0) continue;
    const object = `${kind} ${id}`;
    const known = ofKind(sight.resources[which] ?? [], kind).some((resource) => resource.id === String(id));
    if (known) ledger.lost.delete(object);
    else if (disturbed) ledger.lost.add(object);
    else ok(ledger.lost.has(object), `${object} "${name}" bears the mark of a stack whose state does not know it`);
    const bearers = objectsOf(sight).filter(([otherKind, , other]) => otherKind === kind && other === name);
    strictEqual(bearers.length, 1, `${bearers.length} objects bear the mark "${name}"`);
  }
}

type MarkedObject = [kind: "server" | "provider", id: number, name: string];

const objectsOf = ({ cluster }: Sight): MarkedObject[] => [
  ...cluster.keyServers.map((one): MarkedObject => ["server", one.keyServerID, one.kmipKeyServerName]),
  ...cluster.keyProviders.map((one): MarkedObject => ["provider", one.keyProviderID, one.keyProviderName]),
];

/** State forgets an object only when it is gone, or when another resource has it. */
function assertNothingIsLost(before: Sight, after: Sight): void {
  for (const which of [0, 1] as const) {
    const [then, now] = [before.resources[which], after.resources[which]];
    for (const resource of then) {
      const kind = kindOf(resource.urn);
      const isKept = ofKind(now, kind).some((other) => other.id === resource.id);
      ok(isKept || !isThere(resource, after), `state has lost ${resource.urn} (${resource.id}), which still exists`);
    }
  }
}

function isThere({ urn, id, inputs, outputs }: StateResource, { cluster }: Sight): boolean {
  switch (kindOf(urn)) {
    case "server":
      return cluster.keyServers.some(({ keyServerID }) => String(keyServerID) === id);
    case "provider":
      return cluster.keyProviders.some(({ keyProviderID }) => String(keyProviderID) === id);
    case "attachment":
      return cluster.keyServers.some(
        ({ keyServerID, keyProviderID }) =>
          String(keyServerID) === inputs.keyServer && String(keyProviderID) === inputs.keyProvider,
      );
    case "key":
      return (
        outputs.onDelete === "internal" &&
        outputs.keyProvider !== undefined &&
        String(cluster.softwareEncryption.masterKey?.keyProviderID) === outputs.keyProvider
      );
    default:
      return false;
  }
}

function assertNoSecret({ installation }: World, output: string): void {
  const keyLine = installation.authority.privateKey.split("\n")[1] ?? "";
  for (const secret of [PASSWORD, keyLine]) ok(!output.includes(secret), "a secret was printed or kept in clear");
}
