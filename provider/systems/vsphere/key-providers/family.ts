import type { Context, Findings, Looking } from "../../../core/lifecycle";
import type { InputsOf, OutputsOf } from "../../../core/resource/description";
import type { Vcenter } from "../api/vcenter";
import type { keyProviderResource } from "../key-provider/resource";
import type { KeyProvider } from "../observed/key-providers";
import type { ProviderReference } from "../observed/reference";
import type { trustedKeyProviderResource } from "../trusted-key-provider/resource";

/** What one kind of providers has, and the other may have. */
type OfEither<Standard, Trusted> = Standard & Partial<Omit<Trusted, keyof Standard>>;

export type ProviderInputs = OfEither<
  InputsOf<typeof keyProviderResource>,
  InputsOf<typeof trustedKeyProviderResource>
>;
export type ProviderOutputs = OfEither<
  OutputsOf<typeof keyProviderResource>,
  OutputsOf<typeof trustedKeyProviderResource>
>;

/** What tells the lifecycles of standard and trusted providers apart. */
export interface Family {
  readonly description: typeof keyProviderResource | typeof trustedKeyProviderResource;
  /** Arguments with what check leaves in those of this kind alone. */
  filled(inputs: ProviderInputs): ProviderInputs;
  /** What is wrong with them, and what deserves a warning. */
  examine(olds: Partial<ProviderInputs>, inputs: ProviderInputs): Findings;
  /** Names of arguments that differ, beside those of both kinds. */
  differing(olds: ProviderOutputs, news: ProviderInputs): Readonly<Record<string, boolean>>;
  /** Arguments that were given, are given no more, and that vCenter cannot forget. */
  forgotten(olds: Partial<ProviderInputs>, news: ProviderInputs): string[];
  /** Makes sure that what differs may be changed. @throws PrimaryKeyChangedError */
  assertChangeable(present: KeyProvider, wanted: ProviderInputs, vcenter: Vcenter): void;
  /** Why a delete leaves the provider. */
  isKept(state: Pick<ProviderInputs, "onDelete">): boolean;
  /**
   * Makes sure that nobody uses a provider that is to be deleted, as far as that can be seen.
   *
   * @throws KeyProviderInUseError, KeyProviderDefaultError
   */
  assertUnused(
    vcenter: Vcenter,
    provider: ProviderReference & Pick<ProviderInputs, "workloadVcenters">,
    attempt: string,
    context: Pick<Context & Looking, "connection">,
  ): Promise<void>;
}
