import type { RoadResource } from "../acceptance/lab";
import { matrix } from "./matrix";
import type { Failed, Row, Unchanged } from "./row";
import { Site } from "./site";

/** All that is on a cluster. */
const EVERYTHING: RoadResource[] = ["pair", "request", "server", "provider", "attachment", "key"];

const failed = (of: RoadResource[], code: string, wayOut: Failed<Site>["wayOut"]): Failed<Site> => ({
  decision: "failed",
  of,
  code,
  wayOut,
});
const unchanged: Unchanged = { decision: "unchanged" };

/** The account may call everything again. */
const restoreRights = ({ cluster }: Site) => {
  cluster.switches.deniedMethods = [];
};

const withCarriageReturns = (pem: string): string => pem.replaceAll("\n", "\r\n");
const withoutArmour = (pem: string): string => pem.replaceAll(/-----[^-]+-----\n/g, "");

/** The cluster shows both certificates in another spelling. */
function respell({ cluster }: Site, spelling: (pem: string) => string): void {
  const [server] = cluster.state().keyServers;
  const result = {
    "/kmipKeyServers/0/kmipCaCertificate": spelling(server?.kmipCaCertificate ?? ""),
    "/kmipKeyServers/0/kmipClientCertificate": spelling(server?.kmipClientCertificate ?? ""),
  };
  cluster.faults.add({ method: "ListKeyServersKmip", action: { result } });
}

async function refreshTenTimes(site: Site): Promise<void> {
  for (let time = 0; time < 10; time += 1) await site.refresh();
}

const ERRORS: Row<Site, Failed<Site>>[] = [
  {
    change: "the cluster refuses the login",
    from: "external",
    make: (site) => site.changePassword("another password"),
    up: failed(EVERYTHING, "EKM_CONNECTION_LOGIN", (site) => site.acceptConnection()),
  },
  {
    change: "the cluster presents another certificate",
    because: "It may be the same cluster or not: whoever runs decides, before anything is sent.",
    from: "external",
    make: ({ cluster }) => cluster.replaceCertificate(),
    up: failed(EVERYTHING, "EKM_CONNECTION_CERTIFICATE", (site) => site.acceptConnection()),
  },
  {
    change: "the account loses the right to list key servers",
    from: "external",
    make: ({ cluster }) => {
      cluster.switches.deniedMethods = ["ListKeyServersKmip"];
    },
    up: failed(["server", "attachment"], "EKM_PERMISSION_DENIED", restoreRights),
  },
  {
    change: "the account loses the right to test key servers",
    because: "That the test cannot be made says nothing of the key server.",
    from: "external",
    make: ({ cluster }) => {
      cluster.switches.deniedMethods = ["TestKeyServerKmip"];
    },
    up: failed(["server"], "EKM_PERMISSION_DENIED", restoreRights),
  },
  {
    change: "the account loses all rights to external key management",
    from: "external",
    make: ({ cluster }) => {
      cluster.switches.deniedMethods = [
        "GetClientCertificateSignRequest",
        "ListKeyServersKmip",
        "ListKeyProvidersKmip",
        "GetSoftwareEncryptionAtRestInfo",
      ];
    },
    up: failed(EVERYTHING, "EKM_PERMISSION_DENIED", restoreRights),
  },
  {
    change: "the cluster cannot be reached",
    from: "external",
    make: ({ cluster }) => cluster.close(),
    up: failed(EVERYTHING, "EKM_CONNECTION_UNREACHABLE", (site) => site.returnToService()),
  },
  {
    change: "another cluster answers at the address",
    because: "Its lists are empty, and nothing is gone. The runs accept its certificate and have an account there.",
    from: "external",
    make: (site) => site.replaceBox(),
    up: failed(EVERYTHING, "EKM_CONNECTION_IDENTITY", (site) => site.returnBox()),
  },
];

const RESPELLINGS: Row<Site, Unchanged>[] = [
  {
    change: "the cluster shows certificates with the line ends of Windows",
    from: "external",
    make: (site) => respell(site, withCarriageReturns),
    up: unchanged,
  },
  {
    change: "the cluster shows certificates without their armour",
    because: "The examples of the API reference do.",
    from: "external",
    make: (site) => respell(site, withoutArmour),
    up: unchanged,
  },
  {
    change: "the cluster lists hosts in another order and letter case",
    from: "external",
    prepare: async (site) => {
      site.declare({ args: { server: { hostnames: ["127.0.0.1", "localhost"] } } });
      await site.up();
    },
    make: ({ cluster }) =>
      cluster.mutate(({ keyServers: [server] }) =>
        Object.assign(server ?? {}, { kmipKeyServerHostnames: ["LocalHost", "127.0.0.1"] }),
      ),
    up: unchanged,
  },
  {
    change: "the program spells hosts and certificates otherwise",
    from: "external",
    prepare: async (site) => {
      site.declare({ args: { server: { hostnames: ["127.0.0.1", "localhost"] } } });
      await site.up();
    },
    make: (site) =>
      site.declare({
        args: {
          server: {
            hostnames: ["LOCALHOST", "127.0.0.1"],
            caCertificate: withCarriageReturns(site.authority.certificate),
          },
        },
      }),
    up: unchanged,
  },
  {
    change: "the program names the default port, which it left out before",
    from: "external",
    prepare: (site) => site.useDefaultPort(),
    make: (site) => site.declare({ args: { server: { port: 5696 } } }),
    up: unchanged,
  },
  {
    change: "the cluster is upgraded to another version of its API",
    because: "Versions differ in the names of members and errors, and in the signing request's version field.",
    from: "external",
    make: ({ cluster }) =>
      Object.assign(cluster.switches, {
        apiVersion: "12.9",
        stateMember: "status",
        csrVersion2: true,
        unknownHandleError: "xDBNoSuchPath",
      }),
    up: unchanged,
  },
  {
    change: "somebody looks up the result of the last rekey, and so deletes it",
    from: "external",
    make: ({ administrator, cluster }) =>
      administrator.call("get_async_result", {
        async_handle: cluster.state().softwareEncryption.asyncResultID,
        keep_result: false,
      }),
    up: unchanged,
  },
  {
    change: "days pass, and nothing is due",
    from: "external",
    make: (site) => site.passDays(10),
    up: unchanged,
  },
  { change: "ten refreshes in a row", from: "external", make: refreshTenTimes, up: unchanged },
  {
    change: "the package is upgraded",
    because: "State is then as a version left it that did not know some properties of this one.",
    from: "external",
    make: (site) =>
      site.forgetInState({
        inputs: ["tested", "complete"],
        outputs: ["keyProviderName", "keyServerName"],
      }),
    up: unchanged,
  },
  {
    change: "the administrator's password is rotated, and the runs know the new one",
    from: "external",
    make: async (site) => {
      await site.changePassword("rotated password");
      site.acceptConnection();
    },
    up: unchanged,
  },
  {
    change: "the cluster gets another certificate, and the runs pin it",
    from: "external",
    make: async (site) => {
      await site.cluster.replaceCertificate();
      site.acceptConnection();
    },
    up: unchanged,
  },
];

matrix(Site.open, { "No drift, but errors": ERRORS, "No drift": RESPELLINGS });
