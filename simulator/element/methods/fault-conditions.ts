import { X509Certificate } from "node:crypto";
import type { ClusterFault } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey, StoredKeyServer } from "../cluster/state";
import { verifyHeldKey } from "./key-custody";
import { activeProviderIDs, serversOf } from "./key-provider-activity";
import { verifyKeyServer } from "./key-server-contact";

/** A condition that holds now. `data` tells faults of one code apart. */
export interface FaultCondition extends Pick<ClusterFault, "code" | "type" | "severity" | "details" | "data"> {
  driveIDs?: number[];
}

/** Servers of active providers that cannot be used, and keys in use that no usable server gives out. */
export async function keyServerConditions(cluster: Cluster): Promise<FaultCondition[]> {
  const { state } = cluster;
  const active = activeProviderIDs(state);
  const inUse = state.keyServers.filter(({ keyProviderID }) => keyProviderID && active.has(keyProviderID));
  const keys = [state.softwareEncryption.masterKey, state.hardwareEncryption.key];
  const conditions = await Promise.all([
    ...inUse.map((server) => keyServerCondition(cluster, server)),
    ...keys.map((key) => key && keyCondition(cluster, key)),
  ]);
  return conditions.flatMap((condition) => condition ?? []);
}

async function keyServerCondition(cluster: Cluster, server: StoredKeyServer): Promise<FaultCondition | undefined> {
  const failure = await failureOf(verifyKeyServer(cluster, server));
  return failure && kmipServerFault(server, failure);
}

/** The documents tell of a missing key at a boot alone. That the cluster notices it before is an assumption. */
async function keyCondition(cluster: Cluster, key: HeldKey): Promise<FaultCondition | undefined> {
  if (key.kmipUid === undefined) return undefined;
  let fault: FaultCondition | undefined;
  for (const server of serversOf(cluster.state, key.keyProviderID ?? 0)) {
    const failure = await failureOf(verifyHeldKey(cluster, server, key));
    // A server that cannot be used is a fault of its own.
    if (failure?.refusal !== "serverError") return undefined;
    fault = kmipServerFault(server, failure, { keyID: key.keyID });
  }
  return fault;
}

async function failureOf(attempt: Promise<void>): Promise<ApiError | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

const kmipServerFault = (
  { keyServerID, keyProviderID }: StoredKeyServer,
  { message }: ApiError,
  more: object = {},
): FaultCondition => ({
  code: "kmipServerFault",
  type: "cluster",
  severity: "error",
  details: message,
  data: { keyServerID, keyProviderID, ...more },
});

/** Certificates of assigned servers that are about to expire, have expired, are not valid yet or cannot be read. */
export function certificateConditions(cluster: Cluster): FaultCondition[] {
  return cluster.state.keyServers
    .filter(({ keyProviderID }) => keyProviderID !== null)
    .flatMap((server) => [
      ...certificateCondition(cluster, server, "Root CA certificate", server.kmipCaCertificate),
      ...certificateCondition(cluster, server, "Client certificate", server.kmipClientCertificate),
    ]);
}

function certificateCondition(
  cluster: Cluster,
  { keyServerID }: StoredKeyServer,
  role: string,
  pem: string,
): FaultCondition[] {
  const problem = certificateProblem(cluster, pem);
  if (problem === undefined) return [];
  return [
    {
      code: "kmipCertificateFault",
      type: "cluster",
      severity: problem.severity,
      details: `${role} of key server ${keyServerID} ${problem.text}`,
      data: { keyServerID, certificate: role },
    },
  ];
}

function certificateProblem(
  cluster: Cluster,
  pem: string,
): { severity: ClusterFault["severity"]; text: string } | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!blocks) return { severity: "error", text: "is not a certificate" };
  const now = cluster.now().getTime();
  let begin: number;
  let expiry: number;
  try {
    const certificates = blocks.map((block) => new X509Certificate(block));
    begin = Math.max(...certificates.map(({ validFrom }) => Date.parse(validFrom)));
    expiry = Math.min(...certificates.map(({ validTo }) => Date.parse(validTo)));
  } catch {
    return { severity: "error", text: "is invalid" };
  }
  if (expiry <= now) return { severity: "error", text: `expired on ${new Date(expiry).toISOString()}` };
  if (begin > now) return { severity: "error", text: `is not valid before ${new Date(begin).toISOString()}` };
  if (expiry - now < cluster.switches.certificateWarningDays * 86_400_000) {
    return { severity: "warning", text: `expires on ${new Date(expiry).toISOString()}` };
  }
  return undefined;
}

/** Drives that stayed locked because the key was missing, until they are added again and the cluster has recovered. */
export function driveConditions(cluster: Cluster): FaultCondition[] {
  const { state } = cluster;
  const drivesWith = (status: string) => state.drives.filter((drive) => drive.status === status).map((d) => d.driveID);
  const failed = drivesWith("failed");
  const available = drivesWith("available");
  const conditions: FaultCondition[] = [];
  if (failed.length > 0) {
    conditions.push(
      driveFault("driveFailed", "drive", "error", "The key to unlock the drives is not available", failed),
    );
  }
  if (available.length > 0) {
    conditions.push(driveFault("driveAvailable", "drive", "warning", "Drives are available to be added", available));
  }
  if (isUnhealthy(cluster)) {
    conditions.push(driveFault("sliceServiceUnhealthy", "service", "warning", "A metadata service is unhealthy", []));
  }
  return conditions;
}

/** Whether a metadata service lacks drives, or has not recovered from that yet. */
export function isUnhealthy({ state, now }: Cluster): boolean {
  const recovering = state.drivesHealthyAt !== undefined && Date.parse(state.drivesHealthyAt) > now().getTime();
  return recovering || state.drives.some(({ status }) => status === "failed" || status === "available");
}

function driveFault(
  code: string,
  type: ClusterFault["type"],
  severity: ClusterFault["severity"],
  details: string,
  driveIDs: number[],
): FaultCondition {
  return { code, type, severity, details, data: null, driveIDs };
}
