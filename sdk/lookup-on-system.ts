import * as pulumi from "@pulumi/pulumi";
import { ConnectionFailures } from "../provider/adapters/pulumi/connection-failures";
import { configuredConnections, type RawConfig } from "../provider/adapters/pulumi/connections";
import { ConnectionNotConfiguredError } from "../provider/connections/errors";
import { Logins } from "../provider/connections/https/login";
import { insecureWarning } from "../provider/connections/identity";
import { systemClock } from "../provider/core/clock";
import { isEkmError } from "../provider/core/errors";
import type { System, SystemConnection } from "../provider/core/system";
import { connectionsOf } from "./provider";

/** Of all look-ups of the program: each has a connection of its own, and accounts are locked for a few refused logins. */
const logins = new Logins();
const failures = new ConnectionFailures();

/** Which system is looked at, and how it is reached where the arguments say it. */
export interface Sight {
  name: string;
  connection?: object;
}

/**
 * Looks at a system from the program's own process: Pulumi asks no dynamic provider for values. The connection is made
 * for this look alone and closed after it, or the program would not end.
 */
export async function lookUpOn<Settings extends { endpoint: string }, Connection extends SystemConnection, Result>(
  system: System<Settings, Connection>,
  { name, connection }: Sight,
  opts: pulumi.InvokeOptions,
  look: (connection: Connection) => Promise<Result>,
): Promise<Result> {
  const connections = configuredConnections(
    system,
    await configurationOf(system.configurationKey, name, connection, opts),
    process.env,
    {
      clock: systemClock,
      signal: new AbortController().signal,
      // It ends with its engine, and writes nothing.
      assertHostAlive: async () => {},
    },
    logins,
  );
  try {
    const connected = connections.connection(name);
    if (connected.settings.insecure) await pulumi.log.warn(insecureWarning(connected.place));
    return await look(connected);
  } catch (error) {
    if (!isEkmError(error)) throw error;
    const told = failures.inFull(error);
    throw new pulumi.RunError(error instanceof ConnectionNotConfiguredError ? `${told} ${where(system)}` : told);
  } finally {
    await connections.close();
  }
}

/** A workspace's variables reach the engine and the resources, and not the process that they are the workspace of. */
const where = ({ environmentVariable }: Pick<System<never, unknown>, "environmentVariable">): string =>
  `A look-up runs in the program's own process, and takes ${environmentVariable} from its process.env: what a workspace of the ` +
  'Automation API has in envVars does not reach an inline program. It also takes the argument "connection", and an ' +
  'ekm.Provider as the option "provider".';

/** What a provider process would be told of the connection. */
async function configurationOf(
  key: string,
  name: string,
  connection: object | undefined,
  opts: pulumi.InvokeOptions,
): Promise<RawConfig> {
  if (connection !== undefined) return { [key]: { [name]: connection } };
  const ofInstance = connectionsOf(key, opts);
  if (ofInstance !== undefined) return { [key]: await known(ofInstance) };
  return { [`ekm:${key}`]: await configured(key) };
}

async function known<T>(output: pulumi.Output<T>): Promise<T> {
  // A promise cannot say that its value is not known yet: it would never be fulfilled.
  const { isKnown } = output as unknown as { isKnown: Promise<boolean> };
  if (await isKnown) return new Promise((resolve) => void output.apply((value) => resolve(value as T)));
  throw new pulumi.RunError(
    "the connections of this provider instance are not known yet: use the look-up's variant whose name ends in Output",
  );
}

/** The stack configuration's connections, as the engine keeps them: JSON. They mostly hold a secret. */
async function configured(key: string): Promise<string | undefined> {
  const connections = new pulumi.Config("ekm").getSecret(key);
  return connections && new Promise((resolve) => void connections.apply(resolve));
}
