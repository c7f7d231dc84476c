// Makes this process take itself for an old Node, and tell at its end what it has loaded of the package.
const { basename } = require("node:path");

Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });
process.on("exit", () => {
  const loaded = Object.keys(require.cache).filter(
    (file) => file !== __filename && !/(index|main|required\S*)\.js$/.test(file),
  );
  console.log(
    `loaded: ${loaded
      .map((file) => basename(file))
      .sort()
      .join(", ")}`,
  );
});
