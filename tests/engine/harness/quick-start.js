// Required before anything else in every Node process of a run, so that it starts sooner.
const Module = require("node:module");
const { join } = require("node:path");

const servesProvider = /dynamic-provider/.test(process.argv[1] ?? "");

// The SDK sets flags of V8 while it loads, in an order that depends on the kind of process. What is compiled under some
// flags is thrown away under others.
Module.enableCompileCache(join(__dirname, "..", ".workspaces", ".compiled", servesProvider ? "provider" : "program"));

// A process that serves the provider loads all of the SDK, and most of that time goes into what is of no use there: what
// functions are serialized with, and the Automation API.
if (servesProvider) {
  const SPARED = ["@npmcli/arborist", "normalize-package-data", "typescript", "./automation"];
  const load = Module._load;
  Module._load = (request, ...rest) => (SPARED.includes(request) ? {} : load(request, ...rest));
}
