import { EngineOutputFilter } from "../../../tools/quickstart/engine-output";

const TYPE = "pulumi-nodejs:dynamic/ekm";
const WILL =
  'cluster "default": will rekey to key provider 1 "eks", unless it already holds it; refused when it is (b) 2';
const DID = 'cluster "default": rekeyed in 3 s: key provider 1 "eks" holds the master key';

function shown(lines: string[]): string[] {
  const filter = new EngineOutputFilter();
  return lines.flatMap((line) => filter.shown(line));
}

const row = (op: string, name: string, event: string) => `${op.padEnd(2)} ${name.padEnd(46)} ${event}`;

test("each message is shown once, and resources as programs name them", () => {
  const key = `${TYPE}/element:MasterKey storage`;
  const lines = [
    "Updating (quickstart):",
    "@ updating....",
    ` +  ekm:element:ExternalKeyManagement storage creating (0s)`,
    `    ${key} ${WILL}`,
    ` +  ${key} creating (0s) ${WILL}`,
    ` +  ${key} creating (0s) rekeying (1s) CreateNewMasterKey`,
    ` +  ${key} creating (1s) rekeying (1s) CreateNewMasterKey`,
    ` +  ${key} creating (3s) ${DID}`,
    ` +  ${key} created (3s) ${DID}`,
    "Diagnostics:",
    `  ${TYPE}/element:MasterKey (storage):`,
    `    ${DID}`,
    "",
    "Outputs:",
    '    keyID: "1"',
    "Resources:",
    "    + 1 created",
    "Duration: 4s",
  ];
  const master = 'element.MasterKey "storage"';
  expect(shown(lines)).toEqual([
    row("", master, WILL),
    row("+", master, "rekeying (1s) CreateNewMasterKey"),
    row("+", master, DID),
    row("+", master, "created (3s)"),
    "+ 1 created",
  ]);
});

test("what only the diagnostics have is shown there, below its resource, and what the engine says as it is", () => {
  const stack = "  pulumi:pulumi:Stack (storage-quickstart):";
  const lines = [
    ` ~  ${TYPE}/element:KeyServer kms update [diff: ~hostnames]`,
    ` ~  ${TYPE}/element:KeyServer kms update [diff: ~hostnames]; will be tested again`,
    ` ~  ${TYPE}/element:KeyServer kms refresh (1m2s) [diff: ~hostnames]`,
    ` -  ${TYPE}/element:MasterKey storage deleted (3s)`,
    ` ~  ${TYPE}/element:KeyPair pair update warning: ends (soon) in 3 days`,
    "Diagnostics:",
    `  ${TYPE}/element:KeyPair (pair):`,
    "    warning: ends (soon) in 3 days",
    "",
    `  ${TYPE}/element:KeyServer (kms):`,
    "    will be tested again",
    "    warning: its last test failed",
    "",
    `  ${TYPE}/element:MasterKey (storage):`,
    "    rekeyed",
    "",
    stack,
    "    error: update failed",
    "",
    "error: no changes were expected",
  ];
  const server = 'element.KeyServer "kms"';
  expect(shown(lines)).toEqual([
    row("~", server, "update [diff: ~hostnames]"),
    row("~", server, "will be tested again"),
    row("~", server, "found changed (1m2s) [diff: ~hostnames]"),
    row("-", 'element.MasterKey "storage"', "deleted (3s)"),
    row("~", 'element.KeyPair "pair"', "update; warning: ends (soon) in 3 days"),
    "Diagnostics:",
    `${server}:`,
    "warning: its last test failed",
    'element.MasterKey "storage":',
    "rekeyed",
    `${stack.trim()}`,
    "error: update failed",
    "error: no changes were expected",
  ]);
});
