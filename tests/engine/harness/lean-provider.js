// Required before anything else in every Node process of a run. A process that serves the provider loads all of the SDK,
// and most of that time goes into what is of no use there: what functions are serialized with, and the Automation API.
if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  const Module = require("node:module");
  const SPARED = ["@npmcli/arborist", "normalize-package-data", "typescript", "./automation"];
  const load = Module._load;
  Module._load = (request, ...rest) => (SPARED.includes(request) ? {} : load(request, ...rest));
}
