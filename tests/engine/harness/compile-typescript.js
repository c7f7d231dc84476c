// Lets Node load what is written in TypeScript, without a look at its types: lint has had it.
const { readFileSync } = require("node:fs");

require.extensions[".ts"] = (module, file) => {
  const { transformSync } = require("@swc/core");
  const { code } = transformSync(readFileSync(file, "utf8"), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
    swcrc: false,
  });
  module._compile(code, file);
};
