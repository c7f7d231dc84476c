import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { audit } from "../../../tools/audit/advisories";
import { projectRoot } from "../../../tools/engine/paths";

let registry: Server;
let cache: string;
/** What the audit service answers: advisories by package, or an HTTP status. */
let answer: Record<string, object[]> | number;

beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), "audit-"));
  registry = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      if (request.method === "GET") return response.end(JSON.stringify(packument(String(request.url).slice(1))));
      response.statusCode = typeof answer === "number" ? answer : 200;
      response.end(JSON.stringify(typeof answer === "number" ? {} : answer));
    });
  }).listen(0, "127.0.0.1");
  await once(registry, "listening");
});

afterAll(() => {
  registry.closeAllConnections();
  registry.close();
  rmSync(cache, { recursive: true, force: true });
});

/** What npm looks up of a package with an advisory: that its version in the lock file exists. */
function packument(name: string) {
  const { version } = packages[`node_modules/${name}`] ?? {};
  return { name, "dist-tags": {}, versions: { [String(version)]: { name, version } } };
}

const packages: Record<string, { version: string }> = JSON.parse(
  readFileSync(join(projectRoot, "package-lock.json"), "utf8"),
).packages;

const advisory = (severity: string) => ({
  // npm keeps in its cache what it knows by this number.
  id: ["moderate", "high", "critical"].indexOf(severity),
  url: "https://example.com/advisory",
  title: "Bad thing",
  severity,
  vulnerable_versions: "*",
  cwe: [],
  cvss: { score: 0, vectorString: null },
});

const auditHere = () =>
  audit([`--registry=http://127.0.0.1:${(registry.address() as AddressInfo).port}`, `--cache=${cache}`]);
const found = (severity: string) => ({
  kind: "vulnerable",
  advisories: [{ package: "undici", severity, title: "Bad thing", url: "https://example.com/advisory" }],
});

test.each<[what: string, answer: typeof answer, outcome: object]>([
  ["nothing known", {}, { kind: "clean" }],
  ["a moderate advisory", { undici: [advisory("moderate")] }, { kind: "clean" }],
  ["a high advisory", { undici: [advisory("high")] }, found("high")],
  ["a critical advisory", { undici: [advisory("critical")] }, found("critical")],
  ["a high advisory for a tool of the tests", { jest: [advisory("high")] }, { kind: "clean" }],
  ["no audit service", 405, { kind: "unreachable", reason: expect.stringContaining("405") }],
])(
  "with %s",
  async (_, given, outcome) => {
    answer = given;
    expect(await auditHere()).toEqual(outcome);
  },
  60_000,
);

test("a registry that cannot be reached is no failure, and is told", async () => {
  expect(await audit(["--registry=http://127.0.0.1:1", "--fetch-retries=0"])).toEqual({
    kind: "unreachable",
    reason: expect.stringContaining("ECONNREFUSED"),
  });
}, 60_000);

test("what npm cannot do otherwise is a failure", async () => {
  await expect(audit(["--prefix=/nowhere"])).rejects.toMatchObject({ code: "AUDIT_FAILED" });
}, 60_000);
