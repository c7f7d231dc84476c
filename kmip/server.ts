import { join } from "node:path";
import { admissionBy } from "./admission";
import { type KmipEndpoint, type KmipEndpointOptions, startKmipEndpoint } from "./endpoint";
import type { ManagedObject } from "./managed-object";
import { type OfferedOperation, type OperationSet, operationsOf } from "./operations";
import { IN_CLEAR, ObjectStore, withoutMaterial } from "./store";
import { SUPPORTED_VERSIONS } from "./versions";

export interface KmipServerOptions extends KmipEndpointOptions {
  /** PEM of the authorities whose client certificates are let in. */
  ca: string;
  /** Holds the managed objects. Made when missing. */
  stateDir: string;
  /** Whether clients may set `x-` attributes, which not every server allows. Default: true. */
  customAttributes?: boolean;
  /**
   * Which operations are offered, by their names: `full` is all, `minimal` leaves out those that tell and set attributes,
   * which KMIP 1.4 does not demand, `withoutQuery` refuses Query alone. Default: `full`.
   */
  operations?: OperationSet | readonly OfferedOperation[];
}

export interface KmipServer extends KmipEndpoint {
  /** Everything ever created, oldest first, without key material. */
  objects(): ManagedObject[];
}

/** Starts a KMIP server that requires client certificates; resolves when it accepts connections. */
export async function startKmipServer({
  stateDir,
  customAttributes = true,
  operations = "full",
  ...options
}: KmipServerOptions): Promise<KmipServer> {
  const store = new ObjectStore(join(stateDir, "objects"));
  const tenant = {
    store,
    custody: IN_CLEAR,
    operations: operationsOf(operations),
    versions: SUPPORTED_VERSIONS,
    customAttributes,
  };
  const endpoint = await startKmipEndpoint({ ...options, admit: admissionBy(options.ca, tenant) });
  return Object.assign(endpoint, { objects: () => store.all().map(withoutMaterial) });
}
