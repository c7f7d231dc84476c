import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import type { MasterKeyInputs, MasterKeyOutputs } from "../../../provider/systems/element/master-key/resource";
import { external, REKEY } from "../master-key-scene";
import { lifecycleTable, type Step } from "../table";

type KeyStep = Step<MasterKeyInputs, MasterKeyOutputs>;

const DAY_SECONDS = 86_400;
const clusterClock = (days: number) => ({ clockOffsetSeconds: days * DAY_SECONDS });

/** Our clock goes on. The cluster's stays where it is: what counts is how far they are apart. */
const later =
  (days: number): KeyStep["given"] =>
  ({ run }) =>
    run.clock.advance(days * DAY_SECONDS * 1000);

const lasting = external({ maxAge: "5d" });
const rekeyed: KeyStep = { up: lasting, did: "updated", writes: [REKEY] };
const unchanged: KeyStep = { up: lasting, did: "unchanged" };

lifecycleTable("MasterKey", masterKey, [
  {
    name: "on a cluster ten days behind is rekeyed when it is due by our own record, and once",
    stage: "attached",
    switches: clusterClock(-10),
    steps: [
      { up: lasting, did: "created", writes: [REKEY] },
      unchanged,
      { given: later(4), ...unchanged },
      { given: later(2), ...rekeyed },
      unchanged,
      { refresh: true, did: "refreshed" },
      unchanged,
    ],
  },
  {
    name: "on a cluster ten days ahead is rekeyed when it is due by the cluster's time, and once",
    stage: "attached",
    switches: clusterClock(10),
    steps: [
      { up: lasting, did: "created", writes: [REKEY] },
      { given: later(14), ...unchanged },
      { given: later(2), ...rekeyed },
      unchanged,
      { refresh: true, did: "refreshed" },
      unchanged,
    ],
  },
  {
    name: "that is taken over from a cluster ten days behind is rekeyed once",
    stage: "external",
    switches: clusterClock(-10),
    steps: [
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
        up: lasting,
        did: "created",
        writes: [REKEY],
      },
      unchanged,
    ],
  },
]);
