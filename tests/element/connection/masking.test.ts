import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { authenticated, basic, SharedProof } from "../../../provider/connections/https/credentials";
import { ElementClient } from "../../../provider/systems/element/api/client";
import { clusterPlace } from "../../../provider/systems/element/api/peer";
import { element } from "../../../provider/systems/element/system";
import { MovedClock } from "../../kit/moved-clock";
import { useTheatre } from "../table";

const theatre = useTheatre();
const clock = new MovedClock();

/** What is said of a cluster that answers so to somebody with this password. */
async function said(password: string, status: number, answer: unknown): Promise<string> {
  const send = async () => ({ status, headers: {}, body: JSON.stringify(answer) });
  const bare = { secrets: [], send, close: async () => {} };
  const transport = authenticated(bare, new SharedProof(basic("cluster", "admin", password), clock));
  const client = new ElementClient(clusterPlace("east"), "https://192.0.2.1", transport, clock);
  const error = await client.call("12.3", "ListKeyServersKmip", {}).catch((thrown: Error) => thrown);
  return (error as Error).message;
}

const saying = (message: string, name = "xSomething") => ({ id: 1, error: { name, message } });
const WORDS = ["password", "cluster", "answer", "trusted", "e", "a", "HTTP", "401", "the"];

test.each(WORDS)("with the password %j, our own words are as with any other", async (password) => {
  const scene = await theatre.scene("bare");
  const { endpoint, username, fingerprint256 } = scene.cluster;
  const connection = { endpoint, username, password, fingerprint256 };
  const connections = configuredConnections(
    element,
    { clusters: { default: connection } },
    {},
    {
      clock,
      signal: new AbortController().signal,
      assertHostAlive: async () => {},
    },
  );
  const refusal = await connections
    .connection("default")
    .clusterInfo()
    .catch((error: Error) => error);
  await connections.close();
  expect((refusal as Error).message).toContain("the cluster refused the user name or password (HTTP 401). Correct");
  expect(await said(password, 500, {})).toContain("the cluster answered with HTTP 500");
  expect(await said(password, 400, {})).toContain("this is no JSON-RPC answer: it has HTTP status 400");
});

test("a password that is like no word is masked wherever a cluster repeats it", async () => {
  const password = "b4tt3ry-St4ple";
  expect(await said(password, 200, saying(`admin:${password} is wrong`))).toContain(
    "xSomething: admin:[secret] is wrong",
  );
  const login = Buffer.from(`admin:${password}`).toString("base64");
  expect(await said(password, 200, saying(`Basic ${login}`))).toContain("xSomething: Basic [secret]");
});

test.each([
  ["swordfish", "the password swordfish is wrong"],
  ["cluster", "the cluster is busy"],
  ["7", "the answer 7"],
  ["a.c", "a.c?"],
])("of words that may show the password %j nothing is shown, and no mask gives it away", async (password, message) => {
  const shown = await said(password, 200, saying(message));
  expect(shown).toContain("xSomething, whose words may show a secret");
  expect(shown).not.toContain(message);
  expect(shown).not.toContain("[secret]");
  expect(await said(password, 200, saying("no", password))).toContain(": an error, whose words may show a secret");
});

test.each([
  ["e", "the key server did not answer"],
  ["word", "the password is wrong"],
  ["a.c", "abc"],
])("a password %j within other words hides none of them", async (password, message) => {
  expect(await said(password, 200, saying(message))).toContain(`xSomething: ${message}.`);
});

test("a result that is not as documented does not show a password in its place", async () => {
  const server = { keyServerID: "swordfish" };
  const shown = await said("swordfish", 200, { id: 1, result: { kmipKeyServers: [server] } });
  expect(shown).toContain("keyServerID is another text, not a whole number");
});
