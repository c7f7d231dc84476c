import { parseArgs } from "node:util";
import { checkSwitches } from "../chassis/switch-values";
import type { Switches } from "./cluster/switches";
import { ClusterSimulator } from "./simulator";
import { switchValues } from "./switch-values";

export const clusterHelp = `Usage: ekm-simulator cluster --state DIR [OPTION]...

Runs a simulated NetApp Element cluster until SIGTERM or SIGINT. The first line on standard output is a JSON object with
its endpoint, fingerprint256, username and password.

  --state DIR               where it keeps everything; a cluster that is found there goes on where it was
  --listen HOST:PORT        default 127.0.0.1:0, any free port
  --username NAME           of the administrator; default admin, or what DIR has
  --password TEXT           default a random one, or what DIR has
  --name NAME               the cluster's name when it is created; default simulated
  --rekey-seconds SECONDS   how long a rekey takes; default 3
  --control 127.0.0.1:PORT  listens there, in plain HTTP, for changes at run time
  --no-software-encryption  creates the cluster without software encryption at rest
  --switch NAME=JSON        how it behaves where documents disagree; may be repeated
`;

/** Runs a cluster until the process is told to end. The first line on stdout says where it is. */
export async function runCluster(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      state: { type: "string" },
      listen: { type: "string", default: "127.0.0.1:0" },
      username: { type: "string" },
      password: { type: "string" },
      name: { type: "string" },
      "rekey-seconds": { type: "string" },
      control: { type: "string" },
      "no-software-encryption": { type: "boolean", default: false },
      switch: { type: "string", multiple: true, default: [] },
    },
  });
  if (values.state === undefined) throw new RangeError("--state DIR is missing");
  const { host, port } = address("--listen", values.listen);
  const rekeySeconds = values["rekey-seconds"];
  const simulator = await ClusterSimulator.start({
    stateDir: values.state,
    host,
    port,
    username: values.username,
    password: values.password,
    name: values.name,
    softwareEncryptionAtRest: !values["no-software-encryption"],
    rekeySeconds: rekeySeconds === undefined ? undefined : seconds("--rekey-seconds", rekeySeconds),
    switches: parseSwitches(values.switch),
    control: values.control === undefined ? false : { port: controlPort(values.control) },
  });
  const { endpoint, fingerprint256, username, password, controlEndpoint: control } = simulator;
  process.stdout.write(`${JSON.stringify({ endpoint, fingerprint256, username, password, control })}\n`);
  const end = () => void simulator.close().then(() => process.exit(0));
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
}

function parseSwitches(given: string[]): Partial<Switches> {
  const entries = given.map((text): [string, unknown] => {
    const [name = "", ...value] = text.split("=");
    try {
      return [name, JSON.parse(value.join("="))];
    } catch {
      throw new RangeError(`--switch ${name} takes a JSON value: ${name}=${JSON.stringify(value.join("="))}`);
    }
  });
  return checkSwitches(switchValues, Object.fromEntries(entries));
}

function controlPort(value: string): number {
  const { host, port } = address("--control", value);
  if (host !== "127.0.0.1") throw new RangeError("--control listens on 127.0.0.1 only");
  return port;
}

function address(option: string, value: string): { host: string; port: number } {
  const [, host, port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(value) ?? [];
  if (host === undefined || Number(port) > 65_535) throw new RangeError(`${option} takes HOST:PORT, not ${value}`);
  return { host, port: Number(port) };
}

function seconds(option: string, value: string): number {
  const number = Number(value);
  if (!(number >= 0)) throw new RangeError(`${option} takes seconds, not ${value}`);
  return number;
}
