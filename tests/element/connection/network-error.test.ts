import dns from "node:dns";
import { networkFailure } from "../../../provider/connections/https/network-error";
import { ElementClient } from "../../../provider/systems/element/api/client";
import { ConnectedCluster } from "../../../provider/systems/element/api/cluster";
import { clusterPlace } from "../../../provider/systems/element/api/peer";
import { MovedClock } from "../../kit/moved-clock";
import { PASSWORD } from "../stage";

const failed = (message: string, more: object): Error => Object.assign(new Error(message), more);
const connecting = { syscall: "connect" };

test.each<[string, Error, string | undefined]>([
  [
    "refused",
    failed("connect ECONNREFUSED 127.0.0.1:9", { code: "ECONNREFUSED", ...connecting }),
    "connect ECONNREFUSED",
  ],
  ["unknown", failed("getaddrinfo ENOTFOUND east", { code: "ENOTFOUND", syscall: "getaddrinfo" }), "ENOTFOUND east"],
  ["reset in the handshake", failed("socket disconnected", { code: "ECONNRESET" }), "ECONNRESET: socket disconnected"],
  ["closed by the other side", failed("other side closed", { code: "UND_ERR_SOCKET" }), "UND_ERR_SOCKET: other side"],
  ["no HTTP", failed("Invalid method", { code: "HPE_INVALID_METHOD" }), "HPE_INVALID_METHOD: Invalid method"],
  ["without words", failed("", { code: "ETIMEDOUT" }), "ETIMEDOUT"],
  ["a defect", new TypeError("Cannot read properties of undefined (reading 'bind')"), undefined],
  ["a module that is missing", failed("Cannot find module 'undici'", { code: "MODULE_NOT_FOUND" }), undefined],
  ["a file", failed("ENOENT: no such file", { code: "ENOENT", syscall: "open" }), undefined],
  ["too many open files", failed("connect EMFILE", { code: "EMFILE", ...connecting }), undefined],
  ["a wrong argument", failed("invalid path", { code: "UND_ERR_INVALID_ARG" }), undefined],
])("%s: only what the network or the peer did is theirs", (_, error, words) => {
  if (words === undefined) expect(networkFailure(error)).toBeUndefined();
  else expect(networkFailure(error)).toContain(words);
});

test("of several addresses, each is told with its cause", () => {
  const errors = [
    failed("connect ECONNREFUSED ::1:9", { code: "ECONNREFUSED", ...connecting }),
    failed("connect EHOSTUNREACH 10.0.0.9:9", { code: "EHOSTUNREACH", ...connecting }),
  ];
  const all = "connect ECONNREFUSED ::1:9; connect EHOSTUNREACH 10.0.0.9:9";
  expect(networkFailure(failed("", { code: "ECONNREFUSED", errors }))).toBe(all);
  const timedOut = failed("Connect Timeout Error", { code: "UND_ERR_CONNECT_TIMEOUT", cause: failed("", { errors }) });
  expect(networkFailure(timedOut)).toBe(all);
  expect(networkFailure(failed("", { errors: [...errors, new TypeError("x")] }))).toBeUndefined();
});

test("a host with two addresses that both refuse is told with both", async () => {
  const lookup = jest.spyOn(dns, "lookup").mockImplementation(((
    _host: string,
    options: dns.LookupAllOptions,
    callback: (error: null, addresses: dns.LookupAddress[]) => void,
  ) => {
    expect(options.all).toBe(true);
    const addresses = ["127.0.0.1", "127.0.0.2"].map((address) => ({ address, family: 4 }));
    process.nextTick(callback, null, addresses);
  }) as unknown as typeof dns.lookup);
  const settings = { endpoint: "https://dual.example.com:1", username: "admin", password: PASSWORD };
  const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };
  const cluster = new ConnectedCluster("east", settings, runtime);
  await expect(cluster.clusterInfo()).rejects.toMatchObject({
    code: "EKM_CONNECTION_UNREACHABLE",
    message: expect.stringContaining("(connect ECONNREFUSED 127.0.0.1:1; connect ECONNREFUSED 127.0.0.2:1)"),
  });
  await cluster.close();
  lookup.mockRestore();
});

test("a defect on the way is told as what it is, and not tried again", async () => {
  const defect = new TypeError("x is not a function");
  let tries = 0;
  const send = async () => {
    tries += 1;
    throw defect;
  };
  const client = new ElementClient(
    clusterPlace("east"),
    "https://192.0.2.1",
    { secrets: [], send, close: async () => {} },
    new MovedClock(),
  );
  await expect(client.call("12.3", "ListKeyServersKmip", {})).rejects.toBe(defect);
  expect(tries).toBe(1);
});
