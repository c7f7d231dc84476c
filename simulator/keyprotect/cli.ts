import { parseArgs } from "node:util";
import { addressOf, controlPortOf, countOf, secondsOf, serve, switchesOf } from "../chassis/command-line";
import { KeyProtectSimulator } from "./simulator";
import { switchValues } from "./switch-values";

export const keyProtectHelp = `Usage: ekm-simulator keyprotect --state DIR [OPTION]...

Runs a simulated region of IBM Key Protect, with IAM and KMIP, until SIGTERM or SIGINT. The first line on standard output is a JSON
object with its endpoint, iamEndpoint, apiKey, instance, kmipEndpoint, fingerprint256 and certificate.

  --state DIR                    where it keeps everything; a region that is found there goes on where it was
  --listen HOST:PORT             default 127.0.0.1:0, any free port
  --iam-listen HOST:PORT         serves IAM there, with a certificate of its own, instead of at the same address
  --kmip-listen HOST:PORT        where KMIP is spoken; default 127.0.0.1:0, any free port
  --api-key TEXT                 default a random one, or what DIR has
  --instances N                  how many instances the region has; default 1
  --propagation-seconds SECONDS  how long a change of client certificates takes to arrive at the KMIP port; default 3
  --control 127.0.0.1:PORT       listens there, in plain HTTP, for changes at run time
  --switch NAME=JSON             how it behaves where documents leave that open; may be repeated
`;

/** Runs a region until the process is told to end. The first line on stdout says where it is. */
export async function runKeyProtect(argv: string[]): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: {
      state: { type: "string" },
      listen: { type: "string", default: "127.0.0.1:0" },
      "iam-listen": { type: "string" },
      "kmip-listen": { type: "string", default: "127.0.0.1:0" },
      "api-key": { type: "string" },
      instances: { type: "string", default: "1" },
      "propagation-seconds": { type: "string" },
      control: { type: "string" },
      switch: { type: "string", multiple: true, default: [] },
    },
  });
  if (values.state === undefined) throw new RangeError("--state DIR is missing");
  const iam = values["iam-listen"];
  const propagationSeconds = values["propagation-seconds"];
  const simulator = await KeyProtectSimulator.start({
    stateDir: values.state,
    ...addressOf("--listen", values.listen),
    iam: iam === undefined ? undefined : addressOf("--iam-listen", iam),
    kmip: addressOf("--kmip-listen", values["kmip-listen"]),
    apiKey: values["api-key"],
    instances: countOf("--instances", values.instances),
    propagationSeconds:
      propagationSeconds === undefined ? undefined : secondsOf("--propagation-seconds", propagationSeconds),
    switches: switchesOf(switchValues, values.switch),
    control: values.control === undefined ? false : { port: controlPortOf(values.control) },
  });
  const { endpoint, iamEndpoint, apiKey, instance, kmipEndpoint, fingerprint256, certificate } = simulator;
  serve(simulator, {
    ...{ endpoint, iamEndpoint, apiKey, instance, kmipEndpoint, fingerprint256, certificate },
    ...(simulator.instances.length === 1 ? {} : { instances: simulator.instances }),
    ...(iam === undefined ? {} : { iamCertificate: simulator.iamCertificate }),
    control: simulator.controlEndpoint,
  });
}
