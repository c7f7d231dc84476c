import { parseArgs } from "node:util";
import { addressOf, controlPortOf, countOf, secondsOf, serve, switchesOf } from "../chassis/command-line";
import { VCenterSimulator } from "./simulator";
import { switchValues } from "./switch-values";

export const vcenterHelp = `Usage: ekm-simulator vcenter --state DIR [OPTION]...

Runs a simulated vCenter Server, with REST and SOAP, until SIGTERM or SIGINT. The first line on standard output is a JSON object
with its endpoint, username, password, fingerprint256, certificate, instanceUuid and trustAuthorityClusters.

  --state DIR                   where it keeps everything; a vCenter that is found there goes on where it was
  --listen HOST:PORT            default 127.0.0.1:0, any free port
  --username TEXT               default administrator@vsphere.local, or what DIR has
  --password TEXT               default a random one, or what DIR has
  --api-version VERSION         default 8.0.3.0, or what DIR has; from 9.0 on there is no Trust Authority
  --trust-authority-clusters N  how many Trust Authority clusters a new vCenter has; default 1
  --health-lag-seconds SECONDS  how old what is told of the health of key servers may be; default 2
  --control 127.0.0.1:PORT      listens there, in plain HTTP, for changes at run time
  --switch NAME=JSON            how it behaves where documents leave that open; may be repeated
`;

/** Runs a vCenter until the process is told to end. The first line on stdout says where it is. */
export async function runVCenter(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      state: { type: "string" },
      listen: { type: "string", default: "127.0.0.1:0" },
      username: { type: "string" },
      password: { type: "string" },
      "api-version": { type: "string" },
      "trust-authority-clusters": { type: "string", default: "1" },
      "health-lag-seconds": { type: "string" },
      control: { type: "string" },
      switch: { type: "string", multiple: true, default: [] },
    },
  });
  if (values.state === undefined) throw new RangeError("--state DIR is missing");
  const healthLagSeconds = values["health-lag-seconds"];
  const simulator = await VCenterSimulator.start({
    stateDir: values.state,
    ...addressOf("--listen", values.listen),
    username: values.username,
    password: values.password,
    apiVersion: values["api-version"],
    trustAuthorityClusters: countOf("--trust-authority-clusters", values["trust-authority-clusters"]),
    healthLagSeconds: healthLagSeconds === undefined ? undefined : secondsOf("--health-lag-seconds", healthLagSeconds),
    switches: switchesOf(switchValues, values.switch),
    control: values.control === undefined ? false : { port: controlPortOf(values.control) },
  });
  const { endpoint, username, password, fingerprint256, certificate, instanceUuid, trustAuthorityClusters } = simulator;
  serve(simulator, {
    ...{ endpoint, username, password, fingerprint256, certificate, instanceUuid, trustAuthorityClusters },
    control: simulator.controlEndpoint,
  });
}
