/** Name and version of this package: `pulumi-ekm 0.1.0`. */
export function releaseInWords(): string {
  const { name, version } = require("pulumi-ekm/package.json");
  return `${name} ${version}`;
}
