import { CLUSTER_FAILURES } from "./cluster-failures";
import { REKEY_FAILURES } from "./rekey-failures";
import { walk } from "./walk";

describe("a cluster, a key server or a rekey that fails", () => walk([...CLUSTER_FAILURES, ...REKEY_FAILURES]));
