import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Engine } from "../engine";
import { makeCertificates } from "./certificates";
import { showNextSteps } from "./next-steps";
import { connectToCluster } from "./observation";
import type { ObservationFile } from "./observation-file";
import { Pulumi } from "./pulumi";
import type { Report } from "./report";
import { KEY_SERVER_ADDRESS, KEY_SERVER_HOST, startServers } from "./servers";
import { moveBack, moveToKeyServer, type Observations } from "./story";

export interface QuickstartOptions {
  engine: Engine;
  report: Report;
  /** Ends the run early; everything is cleaned up all the same. */
  signal: AbortSignal;
  /** Leaves servers and stack as they are before the way back. */
  keep: boolean;
  /** Takes what was seen, also when the story ends early. */
  observationFile?: ObservationFile;
}

/** Tells the whole story once, in a temporary folder; leaves nothing behind unless told to. */
export async function quickstart(options: QuickstartOptions): Promise<void> {
  const { engine, report, signal, keep, observationFile } = options;
  const start = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-ekm-quickstart-"));
  const seen: Observations = {};
  const cleanUps: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })];
  const cleanUp = async () => {
    for (const step of cleanUps.splice(0).reverse()) await step();
  };
  try {
    const certificates = makeCertificates([KEY_SERVER_HOST, KEY_SERVER_ADDRESS]);
    const servers = await startServers(folder, certificates);
    cleanUps.push(() => servers.stop());
    const { authority } = certificates;
    const pulumi = new Pulumi(engine, folder, signal, { default: servers.cluster });
    await pulumi.createStack({
      plaintext: {
        keyServerHost: KEY_SERVER_HOST,
        keyServerPort: String(servers.keyServerPort),
        keyServerCaCertificate: authority.certificate,
        clientCaCertificate: authority.certificate,
      },
      secret: { clientCaPrivateKey: authority.privateKey },
    });
    const cluster = connectToCluster(servers.cluster, signal);
    try {
      const stage = { cluster, keyServerPort: servers.keyServerPort, certificates, pulumi, report };
      await moveToKeyServer(stage, seen);
      if (!keep) await moveBack(stage, seen);
    } finally {
      await cluster.close();
    }
    seen.seconds = Math.round((performance.now() - start) / 100) / 10;
    report.heading(`Done in ${seen.seconds} s`);
    if (keep) {
      const environment = { PATH: engine.env().PATH, ...pulumi.environment };
      showNextSteps(report, { folder, servers, environment, settingsArguments: pulumi.settingsArguments });
      cleanUps.length = 0;
    }
  } finally {
    await cleanUp();
    observationFile?.write(seen);
  }
}
