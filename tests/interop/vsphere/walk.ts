import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FaultRule, startKmipServer, VCenterSimulator } from "../../../simulator";
import { issue, makeAuthority } from "../../kit/certificates";
import { seenBy, type Walker } from "../walker";

const authority = makeAuthority();
const identity = issue(authority, { commonName: "key server", usage: "server" });

/** Has a client walk a new vCenter, with a key server, from its login to its last deletion, and gives what it saw. */
export async function walk(walker: Walker, faults: FaultRule[] = []): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), "vcenter-"));
  const keyServer = await startKmipServer({ ...identity, ca: authority.certificate, stateDir: join(folder, "keys") });
  const vcenter: VCenterSimulator = await VCenterSimulator.start({
    stateDir: join(folder, "vcenter"),
    healthLagSeconds: 0.2,
    beforeAnswer: (method) => (method === "MarkDefault" ? encryptByDefault(vcenter) : undefined),
  });
  try {
    for (const fault of faults) vcenter.faults.add(fault);
    const authorities = join(folder, "authorities.pem");
    await writeFile(authorities, vcenter.certificate);
    const { endpoint, username, password, instanceUuid } = vcenter;
    const [cluster] = vcenter.trustAuthorityClusters;
    const told = { endpoint, username, password, instanceUuid, cluster, authorities, authority, port: keyServer.port };
    const seen = await seenBy(walker({}), told);
    return { ...seen, keysLeft: keyServer.objects().map(({ state }) => state), workload: await readable(vcenter) };
  } finally {
    await vcenter.close();
    await keyServer.close();
    await rm(folder, { recursive: true });
  }
}

/** Somebody encrypts a machine and a host as soon as there is a default. */
async function encryptByDefault(vcenter: VCenterSimulator): Promise<void> {
  const { defaultProvider } = vcenter.state();
  if (defaultProvider === undefined || (await vcenter.unwraps()).length > 0) return;
  for (const machine of ["db", "host-21"]) await vcenter.act("encrypt", { machine });
}

const readable = async (vcenter: VCenterSimulator) => (await vcenter.unwraps()).map(({ unwraps }) => unwraps);
