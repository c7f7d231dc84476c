import fc from "fast-check";
import type { NumberedCall } from "../../strike-point";
import type { Interruption } from "../stack";
import type { World } from "../world";

/** What may happen elsewhere in the middle of a run. */
const ELSEWHERE = {
  "the cluster restarts": (world: World) => world.restartCluster(),
  "connections break": async ({ installation }: World) => installation.cluster.breakConnections(),
  "a rekey by hand": async (world: World) => void (await world.byHand("rekey_software_encryption_at_rest_master_key")),
  "the results are read by hand": async (world: World) => {
    const handle = world.installation.cluster.state().softwareEncryption.asyncResultID;
    if (handle !== undefined) await world.byHand("get_async_result", { async_handle: handle });
  },
};
type Elsewhere = keyof typeof ELSEWHERE;

const STRIKES = ["kill", "kill the engine alone", "SIGINT", ...(Object.keys(ELSEWHERE) as Elsewhere[])] as const;

/** How a run is cut into, in words; {@link interruptionBy} does it. */
export interface Cut {
  call: NumberedCall;
  moment: Interruption["moment"];
  strike: (typeof STRIKES)[number];
}

export const interruptionBy = ({ call, moment, strike }: Cut, world: World): Interruption => ({
  call,
  moment,
  strike: isElsewhere(strike) ? () => ELSEWHERE[strike](world) : strike,
});

const isElsewhere = (strike: Cut["strike"]): strike is Elsewhere => strike in ELSEWHERE;

const among = (name: NumberedCall["among"], max: number): fc.Arbitrary<NumberedCall> =>
  fc.record({ among: fc.constant(name), number: fc.integer({ min: 1, max }) });

/**
 * A run that has nothing to do makes few calls, one that has everything to do some thirty, of which some six change
 * something: what is lost or doubled is lost or doubled there.
 */
const CALL = fc.oneof(
  { weight: 1, arbitrary: among("calls", 8) },
  { weight: 1, arbitrary: among("calls", 32) },
  { weight: 1, arbitrary: among("writes", 1) },
  { weight: 2, arbitrary: among("writes", 6) },
);

export const cuts: fc.Arbitrary<Cut> = fc.record({
  call: CALL,
  moment: fc.constantFrom("before", "after"),
  strike: fc.constantFrom(...STRIKES),
});
