import { MOMENTS } from "../calls";
import { WAYS } from "../endings";
import { INTERRUPTIONS } from "../interruptions";
import type { Matrix } from "../matrix";
import { referencesOf, runFinish } from "../run-finish";
import { callsOf, cellsOf, cutOf, idOf, SAVINGS } from "./cells";
import { ENDINGS, FINISHES, type Finish, OTHER_FINISHES } from "./finishes";
import { OPERATIONS, type OperationName, operationNames } from "./operations";
import { RegionSite } from "./site";

const inTurn: Matrix<RegionSite> = {
  part: "Key Protect",
  operations: operationNames,
  facets: {
    interruption: INTERRUPTIONS,
    moment: MOMENTS,
    finish: [...FINISHES, ...OTHER_FINISHES],
    saving: SAVINGS,
    way: WAYS,
  },
  words: `The operations are the first \`up\` of a program with root key, adapter, registration and a cluster that keeps its master key
there, as [in the example](../examples/element-on-key-protect), the rotation of the root key, the renewal of the client
certificate until its former registration is removed, the deletion of an adapter that destroys its keys, and a destroy of
everything. Every call to Key Protect and IAM is struck, and of those to the cluster each one that touches a key server: the
rest is above. Each call meets each interruption and each moment; the ways to finish, and whether the engine saves state
after each step or at the end alone (\`PULUMI_SKIP_CHECKPOINTS\`), take turns, so that they meet in pairs. "Target" is a run for
one resource with \`--target\`, and "replacement" one with \`--replace\`, of each kind in turn: either may be refused, and an \`up\`
follows. These are tried for every write, and so is renaming with aliases where state has the root key: one whose create was cut
off is never removed, and stays under its former name.

A point has passed when the records of Key Protect are the same as after a run that nobody interrupted: the root keys with as
many versions, the adapters, the clients that are registered at them, the keys in use. The cluster has one key server, one key
provider and no key left over; whoever has encrypted data reads it after every write and at the end, where no removed
registration is accepted any more; state has the same resources; a further run has nothing to do. An \`up\` is never refused,
and a destroy may ask for one, as above.`,
  open: () => RegionSite.open(),
  async survey(site, name) {
    const operation = name as OperationName;
    const calls = await callsOf(site, operation);
    const references = new Map<Finish, object[]>();
    for (const finish of [...FINISHES, ...OTHER_FINISHES]) {
      const ending = ENDINGS[operation][finish]?.(0);
      if (ending !== undefined) references.set(finish, await referencesOf(site, OPERATIONS[operation], ending));
    }
    const trials = cellsOf(operation, calls).map((cell) => {
      const { interruption, moment, finish, saving } = cell;
      return {
        id: idOf(cell),
        operation,
        facets: { interruption, moment, finish, saving },
        run: async (where: RegionSite) => ({ way: await runFinish(where, cutOf(cell), references.get(finish) ?? []) }),
      };
    });
    return { calls, trials };
  },
};

/** One matrix has every way to finish. */
export const KEY_PROTECT_MATRICES = { "in turn": inTurn } as const;
