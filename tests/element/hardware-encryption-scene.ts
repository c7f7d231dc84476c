import type { Scene } from "./stage";

export const ENABLE = "EnableEncryptionAtRest";
export const DISABLE = "DisableEncryptionAtRest";

export const hardware = ({ cluster }: Scene) => cluster.state().hardwareEncryption;

/** The drives are locked with the one key that is in use, and the key server has it where it is to have it. */
export function expectHeldBy(scene: Scene, holder: number | "internal"): void {
  const { state, key } = hardware(scene);
  expect({ state, holder: key?.keyProviderID ?? key?.keyManagementType }).toEqual({ state: "enabled", holder });
  expect(new Set(scene.cluster.state().drives.map(({ keyID }) => keyID))).toEqual(new Set([key?.keyID]));
  const names = scene.activeKeys().flatMap(({ customAttributes }) => Object.values(customAttributes));
  expect(names).toEqual(holder === "internal" ? [] : [key?.keyID]);
}

export function expectOff(scene: Scene): void {
  expect(hardware(scene)).toMatchObject({ state: "disabled" });
  expect(new Set(scene.cluster.state().drives.map(({ keyID }) => keyID))).toEqual(new Set([null]));
  expect(scene.activeKeys()).toEqual([]);
}

/** The arguments as the resource's class completes them. */
export const declared = (more: object = {}) => ({
  encryptionAtRestState: "enabled" as const,
  onDelete: "internal" as const,
  ...more,
});
export const external = (more: object = {}) => declared({ keyProvider: "1", ...more });

/** What comes next stays as it is until {@link letEnd}. */
export function hold(scene: Scene): void {
  scene.cluster.switches.hardwareEncryptionSeconds = 3600;
}

export async function letEnd(scene: Scene): Promise<void> {
  scene.cluster.switches.hardwareEncryptionSeconds = 0;
  await scene.encryptionIsSettled();
}

/** The cluster begins to enable hardware encryption, and then has it disabled as before. */
export function goBack(scene: Scene): void {
  hold(scene);
  scene.when(
    () => hardware(scene).state === "enabling",
    () =>
      scene.cluster.mutate((state) => {
        state.hardwareEncryption = { state: "disabled", since: new Date().toISOString() };
      }),
  );
}
