import { parseArgs } from "node:util";
import { addressOf, controlPortOf, secondsOf, serve, switchesOf } from "../chassis/command-line";
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
  const { host, port } = addressOf("--listen", values.listen);
  const rekeySeconds = values["rekey-seconds"];
  const simulator = await ClusterSimulator.start({
    stateDir: values.state,
    host,
    port,
    username: values.username,
    password: values.password,
    name: values.name,
    softwareEncryptionAtRest: !values["no-software-encryption"],
    rekeySeconds: rekeySeconds === undefined ? undefined : secondsOf("--rekey-seconds", rekeySeconds),
    switches: switchesOf(switchValues, values.switch),
    control: values.control === undefined ? false : { port: controlPortOf(values.control) },
  });
  const { endpoint, fingerprint256, username, password, controlEndpoint: control } = simulator;
  serve(simulator, { endpoint, fingerprint256, username, password, control });
}
