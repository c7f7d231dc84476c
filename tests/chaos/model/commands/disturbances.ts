import fc from "fast-check";
import type { Method } from "../../../../provider/systems/element/api/types";
import type { FaultAction } from "../../../../simulator/chassis/fault-actions";
import type { FaultRule } from "../../../../simulator/chassis/fault-rules";
import type { Ledger } from "../ledger";
import { type Act, Step } from "../step";
import type { World } from "../world";

/** What goes wrong around the stacks. */
class Disturbance extends Step {
  constructor(
    private readonly what: string,
    private readonly happen: (world: World, ledger: Ledger) => Promise<void> | void,
    private readonly isPossible: (ledger: Ledger) => boolean = () => true,
  ) {
    super();
  }

  override check(ledger: Ledger): boolean {
    return this.isPossible(ledger);
  }

  protected async act(ledger: Ledger, world: World): Promise<Act> {
    await this.happen(world, ledger);
    return {};
  }

  toString = () => this.what;
}

const restart = new Disturbance("the cluster restarts", (world) => world.restartCluster());

const keyServer = fc.constantFrom("east" as const, "west" as const).chain((place) =>
  fc.constantFrom(
    new Disturbance(
      `the key server ${place} stops`,
      async ({ installation }, { down }) => {
        await installation[place].stop();
        down.add(place);
      },
      ({ down }) => !down.has(place),
    ),
    new Disturbance(
      `the key server ${place} starts again`,
      async ({ installation }, { down }) => {
        await installation[place].start();
        down.delete(place);
      },
      ({ down }) => down.has(place),
    ),
    new Disturbance(
      `the key server ${place} moves to another port, which every program that is run from then on declares`,
      ({ installation }) => installation[place].move(),
      ({ down }) => !down.has(place),
    ),
  ),
);

const rekeysHold = fc.constantFrom(
  new Disturbance(
    "rekeys do not end",
    (world, ledger) => {
      world.holdRekeys();
      ledger.rekeysAreHeld = true;
    },
    ({ rekeysAreHeld }) => !rekeysAreHeld,
  ),
  new Disturbance(
    "rekeys end",
    (world, ledger) => {
      world.releaseRekeys();
      ledger.rekeysAreHeld = false;
    },
    ({ rekeysAreHeld }) => rekeysAreHeld,
  ),
);

const METHODS: Method[] = [
  "GetClientCertificateSignRequest",
  "ModifyKeyServerKmip",
  "DeleteKeyServerKmip",
  "ListKeyServersKmip",
  "TestKeyServerKmip",
  "DeleteKeyProviderKmip",
  "ListKeyProvidersKmip",
  "RemoveKeyServerFromProviderKmip",
  "TestKeyProviderKmip",
  "GetSoftwareEncryptionAtRestInfo",
  "GetAsyncResult",
];
/** What must not be done twice. */
const WRITES: Method[] = [
  "CreatePublicPrivateKeyPair",
  "CreateKeyServerKmip",
  "CreateKeyProviderKmip",
  "AddKeyServerToProviderKmip",
  "RekeySoftwareEncryptionAtRestMasterKey",
];

const ACTIONS: Record<string, FaultAction> = {
  "its connection breaks": { drop: true },
  "a passing error": { error: { name: "xDBVersionMismatch", message: "Version mismatch" } },
  "an error that does not pass": { error: { name: "xDBOperationFailure", message: "Operation failed" } },
  "HTTP 503": { httpStatus: 503 },
  "the answer of a node that starts": { nullBody: true },
};

const fault = fc
  .record({
    method: fc.oneof(fc.constantFrom(...METHODS), fc.constantFrom(...WRITES)),
    action: fc.constantFrom(...Object.keys(ACTIONS)),
    when: fc.constantFrom("before" as const, "after" as const),
    count: fc.constantFrom(1, 1, 1, 2, 10),
    skip: fc.constantFrom(0, 0, 0, 1),
  })
  .map(({ action, ...rule }) => {
    const complete: FaultRule = { ...rule, action: ACTIONS[action] };
    const where = rule.when === "before" ? "instead of" : "after";
    return new Disturbance(
      `${action} ${where} ${rule.method}, ${rule.count} times after ${rule.skip}`,
      ({ installation }) => void installation.cluster.faults.add(complete),
    );
  });

/** Only where a clock can be moved. */
export const timePasses = fc.constant(new Disturbance("two hours pass", (world) => world.clock.advance(2 * 3_600_000)));

export const disturbances = fc.oneof(
  { weight: 1, arbitrary: fc.constant(restart) },
  { weight: 3, arbitrary: keyServer },
  { weight: 4, arbitrary: rekeysHold },
  { weight: 4, arbitrary: fault },
);
