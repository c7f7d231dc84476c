// Required before anything else in every Node process of a run, so that it starts sooner.
const Module = require("node:module");
const { join } = require("node:path");

const PROVIDER = "dynamic-provider";
const KINDS = [PROVIDER, "program-server", "pack"];
const kind = KINDS.find((name) => (process.argv[1] ?? "").split(/[/.]/).includes(name)) ?? "program";

// The SDK sets flags of V8 while it loads, in an order that depends on the kind of process. What is compiled under some
// flags is thrown away under others.
Module.enableCompileCache(join(__dirname, "..", ".workspaces", ".compiled", kind));
// Node keeps the code when a process ends by itself; the engine kills a policy pack.
setTimeout(() => Module.flushCompileCache(), 600).unref();

// Most of the time that the SDK takes to load goes into what no test here needs: where in the SDK's own sources a trace
// leads, which packages a function's code takes along, and, in a provider, how functions are written and what runs the
// engine.
const SPARED = new Set([
  "source-map-support/register",
  "@npmcli/arborist",
  "normalize-package-data",
  ...(kind === PROVIDER ? ["typescript", "./automation"] : []),
]);
const load = Module._load;
Module._load = (request, ...rest) => (SPARED.has(request) ? {} : load(request, ...rest));

// An older language host has every program compiled by the SDK's old TypeScript.
process.env.PULUMI_NODEJS_TYPESCRIPT = "false";
require("./compile-typescript");
