import * as pulumi from "@pulumi/pulumi";
import { componentTypeOf } from "../../provider/adapters/pulumi/resource-type";
import { FLEET } from "../../provider/systems/element/components";
import type { FleetInputs } from "../../provider/systems/element/fleet/resource";
import { refuseImportOfComponent } from "../import-option";
import { assertKnown } from "../known-arguments";
import { assertLoadable } from "../program-dependency";
import { countDeclared, EkmResource, type Shape, typeOf } from "../resource";
import { followingTransforms } from "../timeouts";

/** Options of what is declared for a cluster. */
export interface Inside {
  parent: pulumi.Resource;
  /** Those of the fleet, where it has any. */
  customTimeouts?: pulumi.CustomTimeouts;
}

/** Arguments of {@link Fleet}. */
export interface FleetArgs<Member> {
  /** Names of the clusters' connections. */
  clusters: readonly string[];
  /**
   * Declares what one cluster gets, such as an {@link ExternalKeyManagement}. Give the name to the resources as `cluster`,
   * and `opts` as their options, or with options of your own in it.
   */
  declare: (cluster: string, opts: Inside) => Member;
}

/**
 * The same for many clusters. A run tells at its end what became of each of them: how many are done, which wait for a rekey
 * that still goes on, which failed and why, and which the run did not get to; of a refresh, which are not as recorded.
 *
 * Clusters do not wait for each other. When one fails, the engine begins nothing new for the others, unless it is told to
 * with `--continue-on-error` (or `PULUMI_CONTINUE_ON_ERROR=true`); a run that has failed then deletes nothing
 * (`EKM_RUN_INCOMPLETE`). It works on as many resources at a time as
 * `--parallel` says, by default four for each processor: a fleet needs at least one for each cluster.
 *
 * The summary is of the clusters that share a provider instance: those with an explicit instance of their own are listed as
 * not finished.
 *
 * Makes no call.
 */
export class Fleet<Member = unknown> extends pulumi.ComponentResource {
  /** What was declared for each cluster, by its name. */
  readonly members: Readonly<Record<string, Member>>;

  constructor(name: string, args: FleetArgs<Member>, opts: pulumi.ComponentResourceOptions = {}) {
    assertLoadable();
    assertKnown(`element.Fleet "${name}"`, args, { clusters: true, declare: true });
    refuseImportOfComponent("element.Fleet", name, opts);
    super(componentTypeOf(FLEET), name, {}, followingTransforms(opts));
    const { clusters, declare } = args;
    const { customTimeouts } = opts;
    const inside: Inside = { parent: this, ...(customTimeouts && { customTimeouts }) };
    const declared = clusters.map((cluster) => {
      const { result, count } = countDeclared("element:", () => declare(cluster, inside));
      return { cluster, member: result, count };
    });
    this.members = Object.fromEntries(declared.map(({ cluster, member }) => [cluster, member]));
    new FleetRoster(
      name,
      { clusters: Object.fromEntries(declared.map(({ cluster, count }) => [cluster, count])) },
      { parent: this },
    );
    this.registerOutputs();
  }
}

/** Tells a provider process whose fate it is to tell: of a component it knows nothing. */
class FleetRoster extends EkmResource {
  static readonly __pulumiType = typeOf("element:Fleet");

  constructor(name: string, args: FleetInputs, opts: pulumi.CustomResourceOptions) {
    super(ROSTER, name, args, opts);
  }
}

const ROSTER: Shape = { token: "element:Fleet", arguments: { clusters: true }, properties: ["clusters"] };
