import type { Scene } from "./stage";

export const REKEY = "RekeySoftwareEncryptionAtRestMasterKey";

export const encryption = ({ cluster }: Scene) => cluster.state().softwareEncryption;
export const keyID = (scene: Scene) => encryption(scene).masterKey?.keyID;

/** The master key is a real key of the key server, and still opens the same data. */
export async function expectExternal(scene: Scene, rekeys: number): Promise<void> {
  expect(encryption(scene)).toMatchObject({ rekeys, masterKey: { keyManagementType: "external", keyProviderID: 1 } });
  expect(scene.activeKeys()).toHaveLength(1);
  expect(await scene.cluster.unwrapDataKey()).toBe(true);
}

export async function expectInternal(scene: Scene, rekeys: number): Promise<void> {
  expect(encryption(scene)).toMatchObject({ rekeys, masterKey: { keyManagementType: "internal" } });
  expect(scene.activeKeys()).toEqual([]);
  expect(await scene.cluster.unwrapDataKey()).toBe(true);
}

export const external = (more: object = {}) => ({ keyProvider: "1", onDelete: "internal" as const, ...more });
export const internal = (more: object = {}) => ({ onDelete: "internal" as const, ...more });

/** A second provider, with a server of its own, holds the key; nothing of it is declared. */
export async function anotherProviderTakesOver(scene: Scene): Promise<void> {
  await scene.addProvider();
  await scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 2 });
}

export const loseAnswer = (scene: Scene) => scene.loseAnswer(REKEY);

/** The next rekey begins with the key server, and goes on without it. */
export function stopKeyServerDuringRekey(scene: Scene): void {
  scene.cluster.switches.rekeySeconds = 0.3;
  scene.when(
    () => encryption(scene).rekey?.step === 0,
    () => scene.stopKeyServer(),
  );
}
