import type { KeyUser, ProtectingKey } from "../key-user";
import type { VcenterReport } from "../model";
import type { VcenterKeyProviderFacts } from "./facts";
import { keyProviderInWords, keysInWords, usersInWords } from "./wording";

/** The vCenter at the key servers of each of its key providers. */
export function keyUsersOn({ connection, facts }: VcenterReport): KeyUser[] {
  if (facts === undefined) return [];
  return facts.keyProviders.flatMap((provider) => {
    const { certificate } = provider.clientCertificate ?? {};
    if (certificate === undefined) return [];
    const { fingerprint256 } = certificate;
    return portsOf(provider).map((port): KeyUser => {
      const hostnames = provider.servers.filter((server) => server.port === port).map(({ hostname }) => hostname);
      const [system, client] = [`vCenter "${connection}"`, keyProviderInWords(provider)];
      return { system, client, hostnames, port, fingerprint256, keys: keysOf(provider) };
    });
  });
}

const portsOf = ({ servers }: VcenterKeyProviderFacts): number[] => [...new Set(servers.map(({ port }) => port))];

/** Which of the keys encrypts which machine is not told. */
function keysOf(provider: VcenterKeyProviderFacts): ProtectingKey[] {
  const protects = usersInWords(provider);
  return protects === undefined ? [] : [{ title: keysInWords(provider), protects }];
}
