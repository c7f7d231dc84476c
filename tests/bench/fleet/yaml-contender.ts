import { rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { getLanguageHost } from "../../../tools/engine/language-hosts";
import { pathWithPlugin } from "../../engine/native/plugin-path";
import { type Contender, type FleetAddress, UNSAVED } from "../contender";
import { BenchStack } from "../stack";

/** This package from a program in YAML, which starts no Node but that of the plugin. */
export class YamlContender implements Contender {
  readonly name: string;
  private stack?: BenchStack;
  private env: NodeJS.ProcessEnv = {};

  /** @param isUnsaved state is saved when a run ends, and not after each step */
  constructor(private readonly isUnsaved: boolean) {
    this.name = `pulumi-ekm, YAML${isUnsaved ? ", saved at the end" : ""}`;
  }

  async prepare({ clusters, keyServer, authority }: FleetAddress): Promise<void> {
    this.stack = await BenchStack.create(clusters.length);
    const { folder } = this.stack.workspace;
    rmSync(join(folder, "index.js"));
    const connections = clusters.map(({ name, endpoint, username, password, fingerprint256 }) => [
      name,
      { endpoint, username, password, fingerprint256 },
    ]);
    this.env = {
      EKM_CLUSTERS: JSON.stringify(Object.fromEntries(connections)),
      PATH: [await getLanguageHost("yaml"), pathWithPlugin(folder)].join(delimiter),
      ...(this.isUnsaved ? UNSAVED : {}),
    };
    const { certificate, privateKey } = authority;
    const resources = clusters.map(({ name }) => [
      name,
      {
        type: "ekm:element:ExternalKeyManagement",
        properties: {
          cluster: name,
          subject: { commonName: `${name}.example.com`, organization: "Example", country: "US" },
          keyServer: { hostnames: [keyServer.host], port: keyServer.port, caCertificate: certificate },
          signer: { certificate, privateKey: { "fn::secret": privateKey } },
        },
      },
    ]);
    const program = { name: "fleet", runtime: "yaml", resources: Object.fromEntries(resources) };
    writeFileSync(join(folder, "Pulumi.yaml"), JSON.stringify(program));
  }

  async up(): Promise<void> {
    await this.made.run("up", this.env);
  }

  get stateFile(): string {
    return this.made.workspace.stateFile;
  }

  remove(): void {
    this.stack?.remove();
  }

  private get made(): BenchStack {
    if (this.stack === undefined) throw new Error("prepare() comes first");
    return this.stack;
  }
}
