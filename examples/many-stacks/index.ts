import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { element, pki } from "pulumi-ekm";

/** A stack of its own: sites know nothing of each other, and neither do their runs. */
interface Site {
  name: string;
  /** Names of clusters, and of their connections in EKM_CLUSTERS. */
  clusters: string[];
}

interface Estate {
  /** What encrypts the stacks' secrets, as `pulumi stack init --secrets-provider` takes it. @default a passphrase */
  secretsProvider?: string;
  sites: Site[];
  keyServer: { hostnames: string[]; port: number; caCertificate: string };
  authority: { certificate: string; privateKey: string };
}

/** What became of a site, in words, and what the run exits with for it: 7 for drift, as the engine does. */
interface Fate {
  words: string;
  exitCode: 0 | 1 | 7;
}

const [command = "audit", atOnce = "4"] = process.argv.slice(2);
const { secretsProvider, sites, keyServer, authority }: Estate = JSON.parse(readFileSync("estate.json", "utf8"));

const programOf =
  ({ name, clusters }: Site): PulumiFn =>
  async () => {
    new element.Fleet(name, {
      clusters,
      declare: (cluster, opts) =>
        new element.ExternalKeyManagement(
          cluster,
          {
            cluster,
            keyServer,
            subject: { commonName: `${cluster}.example.com`, organization: "Example", country: "US" },
            signer: (certificateSigningRequest) =>
              new pki.SignedCertificate(
                cluster,
                {
                  certificateSigningRequest,
                  caCertificate: authority.certificate,
                  caPrivateKey: authority.privateKey,
                },
                opts,
              ).certificate,
          },
          opts,
        ),
    });
  };

const COMMANDS: Record<string, (stack: Stack, parallel: number) => Promise<Fate>> = {
  async up(stack, parallel) {
    const { summary } = await stack.up({ parallel });
    return { words: inWords(summary.resourceChanges), exitCode: 0 };
  },
  async audit(stack, parallel) {
    const { changeSummary } = await stack.preview({ parallel, refresh: true });
    const words = inWords(changeSummary);
    return { words, exitCode: words === NOTHING ? 0 : 7 };
  },
  async destroy(stack, parallel) {
    const { summary } = await stack.destroy({ parallel });
    return { words: inWords(summary.resourceChanges), exitCode: 0 };
  },
};

const NOTHING = "as declared";

function inWords(changes: Record<string, number> = {}): string {
  const counts = Object.entries(changes).filter(([operation]) => operation !== "same");
  return counts.map(([operation, count]) => `${count} ${operation}`).join(", ") || NOTHING;
}

async function fateOf(site: Site): Promise<Fate> {
  const run = COMMANDS[command];
  if (run === undefined) throw new Error(`${command} is none of ${Object.keys(COMMANDS).join(", ")}`);
  try {
    const settings = { stackName: site.name, projectName: "many-stacks", program: programOf(site) };
    const workDir = join(import.meta.dirname, "sites", site.name);
    mkdirSync(workDir, { recursive: true });
    // State is written once for each run, and not after each step: what a run that was killed has made bears marks.
    const envVars = { PULUMI_SKIP_CHECKPOINTS: "true" };
    const stack = await LocalWorkspace.createOrSelectStack(settings, { secretsProvider, workDir, envVars });
    return await run(stack, Math.max(16, 2 * site.clusters.length));
  } catch (error) {
    const { message } = error as Error;
    // The engine's whole output is in it; the first error of this package that is told in full is the cause. What that holds up
    // may come before it. What the provider has printed comes first or last, and with a colon behind it.
    return { words: /EKM_\w+: (?!held up by ).*[^:\s]/.exec(message)?.[0] ?? message, exitCode: 1 };
  }
}

async function main(): Promise<void> {
  const left = sites.values();
  const worker = async () => {
    for (const site of left) {
      const { words, exitCode } = await fateOf(site);
      console.log(`${site.name}: ${words}`);
      // A failure hides drift elsewhere, and not the other way round.
      if (process.exitCode !== 1 && exitCode !== 0) process.exitCode = exitCode;
    }
  };
  await Promise.all(Array.from({ length: Number(atOnce) }, worker));
}

await main();
