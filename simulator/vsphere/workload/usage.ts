import type { VCenter } from "../vcenter/machine";
import type { Host, VirtualMachine } from "../vcenter/state";
import { type Encrypted, unwraps } from "./data-keys";

/** What has a data key under a provider's keys, or under one of them. */
export interface Usage {
  virtualMachines: VirtualMachine[];
  hosts: Host[];
}

export function usageOf({ state }: VCenter, provider: string, keyID?: string): Usage {
  const isUser = ({ dataKey }: Encrypted) =>
    dataKey?.provider === provider && (keyID === undefined || dataKey.keyID === keyID);
  return { virtualMachines: state.virtualMachines.filter(isUser), hosts: state.hosts.filter(isUser) };
}

export const isUsed = (vcenter: VCenter, provider: string): boolean => {
  const { virtualMachines, hosts } = usageOf(vcenter, provider);
  return virtualMachines.length + hosts.length > 0;
};

/** An encrypted machine or host, and whether its data can be read now. */
export interface ObservedWorkload {
  id: string;
  name: string;
  provider: string;
  keyID: string;
  unwraps: boolean;
}

export async function workloadOf(vcenter: VCenter): Promise<ObservedWorkload[]> {
  const { hosts, virtualMachines } = vcenter.state;
  const observed = await Promise.all(
    [...hosts, ...virtualMachines].map(async (each): Promise<ObservedWorkload[]> => {
      const readable = await unwraps(vcenter, each);
      const { id, name, dataKey } = each;
      if (dataKey === undefined || readable === undefined) return [];
      return [{ id, name, provider: dataKey.provider, keyID: dataKey.keyID, unwraps: readable }];
    }),
  );
  return observed.flat();
}
