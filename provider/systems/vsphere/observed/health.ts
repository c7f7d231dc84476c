import { isWell, type KeyServerHealth, type ProviderHealth } from "./key-providers";

/** Each server that is not well, or what is said of the provider itself. */
export function healthInWords({ health, details, servers }: ProviderHealth): string {
  const troubled = servers.filter((each) => !isWell(each));
  if (troubled.length === 0) return [`it is ${health}`, ...details].join(": ");
  return troubled.map(serverInWords).join(", ");
}

function serverInWords({ name, health, serverTrusted, clientTrusted, details }: KeyServerHealth): string {
  const reasons = [
    ...(serverTrusted === false ? ["vCenter does not trust it"] : []),
    ...(clientTrusted === false ? ["it does not let vCenter in"] : []),
    ...details,
  ];
  return `"${name}" is ${health}${reasons.length === 0 ? "" : ` (${reasons.join("; ")})`}`;
}
