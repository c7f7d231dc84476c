// Declares what rows.json says, each resource with a connection of its own where it brings one.
const ekm = require("pulumi-ekm");

/** Where a module's resources are, and where that is connected to. */
const PLACES = {
  element: { connections: "clusters", place: "cluster" },
  keyprotect: { connections: "keyProtectInstances", place: "instance" },
  vsphere: { connections: "vcenters", place: "vcenter" },
};

for (const { type, name, args, protect, connection } of require("./rows.json")) {
  const [module, resource] = type.split(".");
  const { connections, place } = PLACES[module];
  const provider = connection && new ekm.Provider(name, { [connections]: { [args[place]]: connection } });
  new ekm[module][resource](name, args, { protect, provider });
}
