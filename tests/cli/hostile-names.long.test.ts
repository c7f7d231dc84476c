import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext, runInThisContext } from "node:vm";
import { transformSync } from "@swc/core";
import fc from "fast-check";
import { load } from "js-yaml";
import type { Inventory } from "../../cli/element/inventory";
import { elementImporter, planProgram } from "../../cli/import/element";
import { logicalNames, slug } from "../../cli/import/names";
import { literal as pythonLiteral } from "../../cli/import/python/layout";
import { inOneLine } from "../../cli/import/remark";
import { literal } from "../../cli/import/typescript/layout";
import { programText } from "../../cli/import/typescript/program";
import { planProgram as planForVcenter, vcenterImporter } from "../../cli/import/vsphere";
import { literal as yamlLiteral } from "../../cli/import/yaml/layout";
import type { Inventory as VcenterInventory } from "../../cli/vsphere/inventory";
import { displayName } from "../../provider/core/resource/kinds";
import { keyProviderResource } from "../../provider/systems/vsphere/key-provider/resource";
import { TERMINAL_TEXTS } from "../kit/hostile-values";
import { tries } from "../kit/replay";
import { inventory, keyProvider, keyServer } from "./inventories";
import { compilerComplaints, formattingComplaints, programsFolder } from "./toolchain";
import * as vsphere from "./vsphere/inventories";

const now = new Date();

const PLACEHOLDER = "$".concat("{process.exit(1)}");

/** Names that would be code, ends of comments, directives to compilers, or nothing at all. */
const NAMES = [
  '"); process.exit(1); ("',
  "'); process.exit(1); ('",
  `\`${PLACEHOLDER}\``,
  PLACEHOLDER,
  "*/ process.exit(1) /*",
  "\\",
  '\\"',
  "\\u0022); process.exit(1); (\\u0022",
  "\nprocess.exit(1);\n",
  "\r// @ts-nocheck\r",
  "x @ts-ignore x @ts-expect-error x",
  "/// <reference types='evil' />",
  "//# sourceMappingURL=data:text/plain,evil",
  "biome-ignore format: evil",
  "</script>",
  "__proto__",
  "constructor",
  "keyPair",
  "certificate",
  "",
  " ",
  "\u00a0\u3000",
  "1",
  "10.0.0.5",
  "Schlüssel-Server München",
  "鍵サーバー",
  "👩‍👩‍👧‍👦",
  "\ud800",
  "it's \"quoted\" 'twice'",
  ...TERMINAL_TEXTS,
];

const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme-ascii", minLength: 60, maxLength: 255 }) },
  { weight: 1, arbitrary: fc.constantFrom("eks", "eks-1", "eks 1", "EKS", "eks-2", "eks provider", "eks-server") },
);

/** Clusters of up to six servers and providers, wired as their numbers fall. */
const cluster: fc.Arbitrary<Inventory> = fc
  .record({
    name,
    field: name,
    servers: fc.array(
      fc.tuple(name, fc.option(fc.integer({ min: 1, max: 4 })), fc.array(fc.domain(), { maxLength: 9 })),
      {
        maxLength: 6,
      },
    ),
    providers: fc.array(name, { maxLength: 4 }),
    holder: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant("internal" as const)),
  })
  .map(({ name, field, servers, providers, holder }) =>
    inventory({
      cluster: { name, uniqueID: "ab12" },
      keyPair: {
        ...inventory().keyPair,
        subject: `CN=${field}`,
        subjectFields: { commonName: field },
      } as Inventory["keyPair"],
      keyServers: servers.map(([kmipKeyServerName, keyProviderID, hosts], index) =>
        keyServer(index + 1, {
          kmipKeyServerName,
          keyProviderID,
          kmipKeyServerHostnames: [...new Set(["kms.example.com", ...hosts])],
        }),
      ),
      keyProviders: providers.map((keyProviderName, index) =>
        keyProvider(index + 1, {
          keyProviderName,
          keyServerIDs: servers.flatMap(([, provider], server) => (provider === index + 1 ? [server + 1] : [])),
        }),
      ),
      masterKey: { holder, keyID: "2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90" },
    }),
  );

const programOf = (found: Inventory, connection = "default") =>
  programText(planProgram(found, connection, now), elementImporter);

test("a literal means the text, and shows nothing that is not what it looks like", () => {
  fc.assert(
    fc.property(name, (text) => {
      const code = literal(text);
      expect(runInThisContext(code)).toBe(text);
      expect(code).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
    }),
    tries(500),
  );
});

test("a literal means the text to Python as well, as far as it can be said there", () => {
  const texts = fc.sample(name, { numRuns: 300, seed: 1 });
  const codes = texts.map(pythonLiteral);
  for (const code of codes) expect(code).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
  const script = "import ast, json, sys; print(json.dumps([ast.literal_eval(code) for code in json.load(sys.stdin)]))";
  const { stdout } = spawnSync("python3", ["-c", script], { input: JSON.stringify(codes), encoding: "utf8" });
  expect(JSON.parse(stdout)).toEqual(texts.map((text) => text.toWellFormed()));
});

test("a literal means the text to YAML as well, as far as it can be said there", () => {
  fc.assert(
    fc.property(name, (text) => {
      const code = yamlLiteral(text);
      expect(load(code)).toBe(text.toWellFormed().replaceAll("$", "$$$$"));
      expect(code).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
    }),
    tries(500),
  );
});

test("logical names are unique within a kind, and plain", () => {
  fc.assert(
    fc.property(fc.array(name, { maxLength: 12 }), (names) => {
      const given = [
        ...logicalNames(
          names.map((name, index) => ({ id: index + 1, name })),
          "key-server",
        ).values(),
      ];
      expect(new Set(given).size).toBe(names.length);
      for (const logicalName of given) expect(logicalName).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    }),
    tries(100),
  );
  expect(slug("Schlüssel-Server München")).toBe("schlussel-server-munchen");
});

describe("programs for clusters whose names are hostile", () => {
  const folder = programsFolder();
  const programs = fc
    .sample(cluster, { numRuns: 40, seed: 1 })
    .map((found) => ({ found, text: programOf(found, `it's "the" ${PLACEHOLDER}`) }));

  beforeAll(() => {
    for (const [index, { text }] of programs.entries()) writeFileSync(join(folder.path, `program-${index}.ts`), text);
  });
  afterAll(() => folder.remove());

  it("compile, strictly", () => expect(compilerComplaints(folder.path)).toBe(""), 120_000);

  it("are formatted as the formatter would", () => expect(formattingComplaints(folder.path)).toBe(""), 120_000);

  it("run nothing but what they say, and give every name as it is", () => {
    for (const { found, text } of programs) {
      const made = constructionsOf(text);
      const given = (resource: string) =>
        new Map(made.filter((one) => one.resource === resource).map(({ args }) => [args.adopt, args.name]));
      expect(given("KeyServer")).toEqual(
        new Map(
          found.keyServers.map(({ keyServerID, kmipKeyServerName: name }) => [String(keyServerID), declarable(name)]),
        ),
      );
      expect(given("KeyProvider")).toEqual(
        new Map(
          found.keyProviders.map(({ keyProviderID, keyProviderName }) => [
            String(keyProviderID),
            declarable(keyProviderName),
          ]),
        ),
      );
    }
  });
});

/** vCenters of up to five providers of either kind, each name of theirs whatever it is. */
const vcenter: fc.Arbitrary<VcenterInventory> = fc
  .array(fc.record({ name, server: name, user: fc.option(name), description: name, isTrusted: fc.boolean() }), {
    maxLength: 5,
  })
  .map((providers) =>
    vsphere.inventory({
      keyProviders: providers.map(({ name, server, user, description, isTrusted }) => {
        const make = isTrusted ? vsphere.trustedKeyProvider : vsphere.keyProvider;
        const [address] = make().servers;
        return make({
          ...{ name, description: isTrusted ? description : undefined, generatedCertificate: undefined },
          servers: address === undefined ? [] : [{ ...address, name: server, userName: user ?? undefined }],
        });
      }),
      others: [{ name: providers[0]?.name ?? "native", managementType: "nativeProvider" }],
    }),
  );

describe("programs for vCenters whose names are hostile", () => {
  const folder = programsFolder();
  const programs = fc.sample(vcenter, { numRuns: 40, seed: 1 }).map((found) => {
    const plan = planForVcenter({ ...found, connection: `it's "the" ${PLACEHOLDER}` }, now);
    return { found, plan, text: programText(plan, vcenterImporter) };
  });

  beforeAll(() => {
    for (const [index, { text, plan }] of programs.entries()) {
      if (plan.declarations.length > 0) writeFileSync(join(folder.path, `program-${index}.ts`), text);
    }
  });
  afterAll(() => folder.remove());

  it("compile, strictly", () => expect(compilerComplaints(folder.path)).toBe(""), 120_000);

  it("are formatted as the formatter would", () => expect(formattingComplaints(folder.path)).toBe(""), 120_000);

  it("run nothing but what they say, and declare providers by their names or not at all", () => {
    const { kind } = keyProviderResource.arguments.name;
    const declared = programs.flatMap(({ found, text }) => {
      const names = constructionsOf(text)
        .filter(({ resource }) => /^(Trusted)?KeyProvider$/.test(resource))
        .map(({ args }) => args.name);
      expect(found.keyProviders.map((provider) => provider.name)).toEqual(expect.arrayContaining(names));
      for (const each of names) expect(kind.complaints(each)).toEqual([]);
      return names;
    });
    expect(declared.length).toBeGreaterThan(10);
  });

  it("say nothing that a tool or a terminal acts on", () => {
    for (const { text, plan } of programs) {
      const comments = text.split("\n").filter((line) => line.startsWith("//"));
      for (const line of comments) expect(line).toMatch(/^\/\/( [A-Za-z"(0-9]|$)/);
      expect(comments.join("\n")).not.toMatch(/^\/\/ (@|biome-ignore)/m);
      expect(plan.remarks.map(inOneLine).join("")).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
    }
  });
});

const declarable = (name: string) => (displayName.complaints(name).length === 0 ? name : undefined);

interface Construction {
  resource: string;
  name: string;
  args: Record<string, unknown>;
}

/** What a program makes, in a world where it can do nothing else. */
function constructionsOf(text: string): Construction[] {
  const made: Construction[] = [];
  const resources = new Proxy(
    {},
    {
      get: (_, resource: string) =>
        class {
          constructor(name: string, args: Construction["args"]) {
            made.push({ resource, name, args });
          }
        },
    },
  );
  const modules: Record<string, object> = {
    "node:fs": { readFileSync: () => "certificate" },
    "node:path": { join: () => "path" },
    "pulumi-ekm": { element: resources, vsphere: resources },
  };
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: "typescript" }, target: "es2023" },
    module: { type: "commonjs" },
  });
  const process = {
    exit() {
      throw new Error("the program calls process.exit");
    },
  };
  runInNewContext(code, { require: (name: string) => modules[name], exports: {}, process, __dirname: "/" });
  return made;
}

test("no comment is a directive to a tool, wherever its lines end", () => {
  for (const hostile of NAMES) {
    for (const padding of [0, 30, 60, 90, 100, 110]) {
      const name = "x".repeat(padding) + hostile;
      const found = inventory({
        cluster: { name, uniqueID: "ab12" },
        keyServers: [keyServer(1, { kmipKeyServerName: name, kmipKeyServerPort: -1 })],
        keyProviders: [1, 2].map((id) => keyProvider(id, { keyProviderName: name })),
      });
      const plan = planProgram(found, "default", now);
      const comments = programText(plan, elementImporter)
        .split("\n")
        .filter((line) => line.startsWith("//"));
      for (const line of comments) expect(line).toMatch(/^\/\/( [A-Za-z"(0-9]|$)/);
      expect(comments.join("\n")).not.toMatch(/^\/\/ (@|biome-ignore)/m);
      expect(plan.remarks.map(inOneLine).join("")).toMatch(/^[^\p{C}\p{Zl}\p{Zp}]*$/u);
    }
  }
});
