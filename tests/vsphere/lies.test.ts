import { REST_OPERATIONS } from "../../provider/systems/vsphere/api/rest/operations";
import { SOAP_METHODS } from "../../provider/systems/vsphere/api/soap/methods";
import type { CallName } from "../../provider/systems/vsphere/api/types";
import type { FaultAction } from "../../simulator/chassis/fault-actions";
import type { FaultRule } from "../../simulator/chassis/fault-rules";
import type { VCenterMethod } from "../../simulator/vsphere";
import { always, type Lie, liesTable } from "../kit/lies";
import { type Scene, STANDARD } from "./stage";

const REST = Object.keys(REST_OPERATIONS) as VCenterMethod[];
const SOAP = Object.keys(SOAP_METHODS) as VCenterMethod[];
const UNEXPECTED = "EKM_UNEXPECTED_ANSWER";
const UNREACHABLE = "EKM_CONNECTION_UNREACHABLE";
const LOGIN = "EKM_CONNECTION_LOGIN";

const PAGE: FaultAction = { httpStatus: 200, body: "<html>Log in</html>" };
const NO_SESSION: FaultAction = { error: { name: "NotAuthenticated", message: "The session is not authenticated." } };
const NOT_FOUND: FaultAction = { error: { name: "NOT_FOUND", message: "There is no such task." } };

/** The beginning of an answer that would grow without end. */
const BILLION = '?><!DOCTYPE a [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';

/** Trusted providers alone are asked through REST, and their destroy leaves them as they are. */
const trusted = (code: string): Lie<Scene>["ends"] => ({ refresh: code, up: code });

/** Answers calls so, and by default all of them. */
const by =
  (
    methods: VCenterMethod | CallName | VCenterMethod[],
    action: FaultAction,
    rule: Partial<FaultRule> = {},
  ): Lie<Scene>["tell"] =>
  ({ vcenter }) => {
    for (const method of [methods].flat()) vcenter.faults.add({ method: method as VCenterMethod, action, ...rule });
  };

const inAnswer = (method: VCenterMethod, pointer: string, value: unknown) =>
  by(method, { result: { [pointer]: value } });

const inText = (method: VCenterMethod, text: string, other: string) => by(method, { replaceText: { [text]: other } });

/** What the answer is about has happened. */
const LOST: Partial<FaultRule> = { when: "after", count: 1 };

liesTable<Scene>(
  {
    module: "vsphere",
    heading: "Wrong answers of a vCenter",
    changes: { "vsphere:DefaultKeyProvider": {} },
    picture: (scene) => ({
      standard: scene.vcenter.state().kmsClusters.map(({ name, servers }) => [name, servers.length]),
      trusted: scene.vcenter.state().trustAuthorityClusters.map(({ providers }) => providers.map(({ name }) => name)),
    }),
    end: ({ vcenter }) => vcenter.faults.clear(),
  },
  [
    { lie: "a page in place of every REST answer", tell: by(REST, PAGE), ends: trusted(UNEXPECTED) },
    { lie: "a page in place of every SOAP answer", tell: by(SOAP, PAGE), ends: always(UNEXPECTED) },
    {
      lie: "every REST session is refused, however new it is",
      tell: by(REST, { httpStatus: 401 }),
      ends: trusted(LOGIN),
    },
    { lie: "every SOAP session is refused, however new it is", tell: by(SOAP, NO_SESSION), ends: always(LOGIN) },
    {
      lie: "a REST session ends in the middle of a run",
      tell: by("getKmsProvider", { httpStatus: 401 }, { count: 1 }),
    },
    { lie: "a SOAP session ends in the middle of a run", tell: by("ListKmipServers", NO_SESSION, { count: 1 }) },
    {
      lie: "a session is good for everything but tasks",
      tell: by("getTask", { httpStatus: 401 }),
      ends: trusted(LOGIN),
    },
    { lie: "a task is not known while it runs", tell: by("getTask", NOT_FOUND, { count: 1 }) },
    { lie: "no task is ever known", tell: by("getTask", NOT_FOUND), ends: trusted(UNEXPECTED) },
    {
      lie: "the status of a task is a word that nobody knows",
      tell: inAnswer("getTask", "/status", "SLEEPING"),
      ends: trusted(UNEXPECTED),
    },
    {
      lie: "a task ends well, without a result",
      tell: inAnswer("getTask", "/result", undefined),
      ends: trusted(UNEXPECTED),
    },
    { lie: "an object in place of a task's ID", tell: inAnswer("getKmsProvider", "", {}), ends: trusted(UNEXPECTED) },
    {
      lie: "HTTP 504, and a password is given",
      tell: by("UpdateKmipServer", { httpStatus: 504 }, LOST),
      ends: { up: UNREACHABLE },
    },
    {
      lie: "a list in an answer of another name",
      tell: inText("ListKmipServers", "ListKmipServersResponse", "ListKmsResponse"),
    },
    {
      lie: "texts in sections, with remarks between them",
      tell: inText("ListKmipServers", STANDARD, STANDARD.replace("-by-", "<![CDATA[-by]]><!-- x -->-")),
    },
    {
      lie: "a provider that does not say whether it is the default",
      tell: inText("ListKmipServers", "useAsDefault", "usedAsDefault"),
      ends: always(UNEXPECTED),
    },
    { lie: "an answer with a document type", tell: inText("ListKmipServers", "?>", BILLION), ends: always(UNEXPECTED) },
    {
      lie: "health without its servers",
      tell: inText("RetrievePropertiesEx", "info.result", "info.results"),
      ends: { refresh: UNEXPECTED, up: UNEXPECTED },
    },
    { lie: "an answer that is cut off", tell: by("ListKmipServers", { truncate: true }), ends: always(UNREACHABLE) },
    {
      lie: "an answer of 20 MiB",
      tell: by("ListKmipServers", { padToBytes: 20 * 1024 * 1024 }),
      ends: always(UNEXPECTED),
    },
    {
      lie: "a fault of a type that nobody knows",
      tell: by("ListKmipServers", { error: { name: "NeverHeardOf", message: "?" } }),
      ends: always("EKM_VSPHERE_API"),
    },
    { lie: "HTTP 503, for ever", tell: by([...REST, ...SOAP], { httpStatus: 503 }), ends: always(UNREACHABLE) },
  ],
);
