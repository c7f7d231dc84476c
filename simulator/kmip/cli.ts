import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { OPERATION_SETS, type OperationSet } from "../../kmip/operations";
import { startKmipServer } from "../../kmip/server";

const usage = "Usage: ekm-simulator kmip --cert FILE --key FILE --ca FILE --state DIR [OPTION]...";

export const kmipHelp = `${usage}

Runs a KMIP key server until SIGTERM or SIGINT. The first line on standard output is a JSON object with its address,
{"listening":"HOST:PORT"}.

  --cert FILE             the server's certificate, PEM
  --key FILE              its private key, PEM
  --ca FILE               the authority that signs the certificates of clients, PEM
  --state DIR             where the keys are kept
  --listen HOST:PORT      default 127.0.0.1:0, any free port
  --no-custom-attributes  refuses attributes that are not in the standard
  --operations SET        full (the default), minimal (without those that tell attributes, which KMIP 1.4 does not demand),
                          or withoutQuery
`;

/** The command line cannot be understood. */
export class KmipUsageError extends Error {
  override readonly name = "KmipUsageError";
  readonly code = "usage";

  constructor(reason: string) {
    super(`${reason}\n${usage}`);
  }
}

interface Settings {
  host: string;
  port: number;
  cert: string;
  key: string;
  ca: string;
  stateDir: string;
  customAttributes: boolean;
  operations: OperationSet;
}

/**
 * Runs a key server until SIGTERM or SIGINT.
 *
 * The first line on standard output is one JSON object, `{"listening":"HOST:PORT"}`.
 */
export async function runKmip(argv: string[]): Promise<void> {
  const { cert, key, ca, ...settings } = readSettings(argv);
  const [certPem, keyPem, caPem] = await Promise.all([cert, key, ca].map((file) => readFile(file, "utf8")));
  const server = await startKmipServer({ ...settings, cert: certPem ?? "", key: keyPem ?? "", ca: caPem ?? "" });
  process.stdout.write(`${JSON.stringify({ listening: `${server.host}:${server.port}` })}\n`);
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  await server.close();
}

function readSettings(argv: string[]): Settings {
  const values = readOptions(argv);
  const { listen, cert, key, ca, state } = values;
  if (!cert || !key || !ca || !state) throw new KmipUsageError("--cert, --key, --ca and --state are needed");
  const [, host, port] = /^(?:\[?([^[\]]+?)\]?:)(\d{1,5})$/.exec(listen) ?? [];
  if (!host || !port || Number(port) > 65_535) throw new KmipUsageError(`--listen ${listen}: not HOST:PORT`);
  const customAttributes = !values["no-custom-attributes"];
  const operations = OPERATION_SETS.find((set) => set === values.operations);
  if (operations === undefined) {
    throw new KmipUsageError(`--operations ${values.operations}: not one of ${OPERATION_SETS.join(", ")}`);
  }
  return { host, port: Number(port), cert, key, ca, stateDir: state, customAttributes, operations };
}

function readOptions(argv: string[]) {
  const file = { type: "string" } as const;
  try {
    return parseArgs({
      args: argv,
      options: {
        listen: { type: "string", default: "127.0.0.1:0" },
        cert: file,
        key: file,
        ca: file,
        state: file,
        "no-custom-attributes": { type: "boolean", default: false },
        operations: { type: "string", default: "full" },
      },
    }).values;
  } catch (error) {
    throw new KmipUsageError(error instanceof Error ? error.message : String(error));
  }
}
