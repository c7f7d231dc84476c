import type { Method } from "../../../../provider/systems/element/api/types";
import { during, type Encounter, type Failure, REKEY, rekeyRuns } from "./failure";
import type { Member } from "./fleet";

const DAY_SECONDS = 86_400;

const replaceCertificate = (method: Method): Encounter => ({
  inflict: during(method, ({ cluster }) => cluster.replaceCertificate()),
  code: "EKM_CONNECTION_CERTIFICATE",
  words: "fingerprint256",
});

const serve = (apiVersion: string, method: Method) =>
  during(method, ({ cluster }) => {
    cluster.switches.apiVersion = apiVersion;
  });

const becomeTooOld = (method: Method): Encounter => ({
  inflict: serve("12.2", method),
  code: "EKM_API_VERSION",
  words: "needs Element API 12.3, and this cluster serves 12.2",
});

const reboot = (method: Method, when?: (member: Member) => boolean): Encounter => ({
  inflict: during(method, (member) => member.reboot(), when),
});

const deny = (method: Method): Encounter => ({
  inflict: ({ cluster }) => {
    cluster.switches.deniedMethods = [method];
  },
  code: "EKM_PERMISSION_DENIED",
  words: `calling ${method} .*xPermissionDenied`,
});

const clock = (name: string, days: number): Failure => {
  const inflict = ({ cluster }: Member) => {
    cluster.switches.clockOffsetSeconds = days * DAY_SECONDS;
  };
  return { name, refresh: { inflict }, up: { inflict }, destroy: { inflict } };
};

/** What becomes of a cluster in the middle of a run. */
export const CLUSTER_FAILURES: Failure[] = [
  {
    name: "certificate replaced",
    refresh: replaceCertificate("GetClusterInfo"),
    up: replaceCertificate("TestKeyProviderKmip"),
    destroy: replaceCertificate("GetSoftwareEncryptionAtRestInfo"),
  },
  {
    name: "cluster upgraded",
    refresh: { inflict: serve("12.5", "GetClusterInfo") },
    up: { inflict: serve("12.5", "TestKeyProviderKmip") },
    destroy: { inflict: serve("12.5", REKEY) },
  },
  {
    name: "cluster downgraded",
    refresh: becomeTooOld("GetClusterInfo"),
    up: becomeTooOld("TestKeyProviderKmip"),
    destroy: becomeTooOld("GetSoftwareEncryptionAtRestInfo"),
  },
  {
    name: "cluster rebooted",
    refresh: reboot("GetClusterInfo"),
    up: reboot("GetAsyncResult", rekeyRuns),
    destroy: reboot("GetAsyncResult", rekeyRuns),
  },
  {
    name: "no right to one method",
    refresh: deny("ListKeyServersKmip"),
    up: deny(REKEY),
    destroy: deny("GetAsyncResult"),
  },
  clock("cluster's clock ten days ahead", 10),
  clock("cluster's clock ten days behind", -10),
];
