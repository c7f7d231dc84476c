import { MOMENTS } from "../calls";
import { WAYS } from "../endings";
import { INTERRUPTIONS } from "../interruptions";
import type { Matrix } from "../matrix";
import { referencesOf, runFinish } from "../run-finish";
import { callsOf, cellsOf, cutOf, idOf, SAVINGS } from "./cells";
import { endingsOf, FINISHES, type Finish, OTHER_FINISHES } from "./finishes";
import { type OperationName, operationNames, operationOf } from "./operations";
import { VcenterSite } from "./site";

const inTurn: Matrix<VcenterSite> = {
  part: "vSphere",
  operations: operationNames,
  facets: {
    interruption: INTERRUPTIONS,
    moment: MOMENTS,
    finish: [...FINISHES, ...OTHER_FINISHES],
    saving: SAVINGS,
    way: WAYS,
  },
  words: `On the road of a standard key provider ([example](../examples/vcenter-standard)) and on that of a trusted one
([example](../examples/trusted-key-provider)), the operations are the first \`up\` of a program with a provider of two servers, a
request that an authority signs, trust and, of a standard provider, the default; the renewal of the client certificate; the
exchange of one server for another; the exchange of the pinned certificate of a server that presents another one by now; and a
destroy. Every call of both APIs meets each interruption and each moment; of looks at tasks, which every read of the Automation
API needs as well, those that find a write at work. The ways to finish, and whether the engine saves state after each step or at
the end alone (\`PULUMI_SKIP_CHECKPOINTS\`), take turns. To put a first \`up\` back is to declare that the former provider is the default.
"Target" is a run for one resource with \`--target\`, and "replacement" one with \`--replace\`, of each kind in turn: either may be refused, and
an \`up\` follows. These and renaming with aliases are tried for every write.

A point has passed when vCenter's own records are the same as after a run that nobody interrupted: the providers with their
servers and the certificates that are trusted, the client certificate in use, which is that of the present request, and the
default. Machines and hosts with keys of a provider read them over KMIP after every write, and another machine can be encrypted
by each provider at the end. State has the same resources, and a further run has nothing to do. An \`up\` is never refused, and a
destroy may ask for one, as above; machines that use the provider are decrypted before it. Where an engine was killed that saves
state at the end alone, nobody can see whether a trusted provider with a client certificate is used elsewhere by now: it stays,
the next run names it, and the same command goes on with it.`,
  open: () => VcenterSite.open(),
  async survey(site, name) {
    const operation = name as OperationName;
    const calls = await callsOf(site, operation);
    const references = new Map<Finish, object[]>();
    for (const finish of [...FINISHES, ...OTHER_FINISHES]) {
      const ending = endingsOf(operation)[finish]?.(0);
      if (ending !== undefined) references.set(finish, await referencesOf(site, operationOf(operation), ending));
    }
    const trials = cellsOf(operation, calls).map((cell) => {
      const { interruption, moment, finish, saving } = cell;
      return {
        id: idOf(cell),
        operation,
        facets: { interruption, moment, finish, saving },
        run: async (where: VcenterSite) => ({
          way: await runFinish(where, cutOf(cell), references.get(finish) ?? []),
        }),
      };
    });
    return { calls, trials };
  },
};

/** One matrix has every way to finish. */
export const VSPHERE_MATRICES = { "in turn": inTurn } as const;
