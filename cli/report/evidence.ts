import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Clock } from "../../provider/core/clock";
import { isEkmError, withWayOut } from "../../provider/core/errors";
import { releaseInWords } from "../../provider/core/release";
import { observe } from "../element/observation";
import { compare } from "./drift";
import type { Notice } from "./element/certificate-facts";
import { clusterFacts } from "./element/cluster-facts";
import { findingsOf } from "./findings";
import type { ClusterReport, DriftReport, Report } from "./model";
import type { Sources, Target } from "./sources";
import type { State } from "./state";

/** Reads clusters, and compares a state with them. What cannot be read says so in its place. */
export async function makeReport(
  sources: Sources,
  state: State | undefined,
  clock: Clock,
  notice?: Notice,
): Promise<Report> {
  const now = clock.now();
  const [clusters, drift] = await Promise.all([
    Promise.all(sources.targets.map((target) => readCluster(target, now, notice))),
    state && readDrift(sources, state, clock),
  ]);
  return {
    schema: 1,
    created: now.toISOString(),
    writtenBy: releaseInWords(),
    clusters,
    drift,
    findings: findingsOf(clusters, drift),
  };
}

async function readCluster({ connection, cluster }: Target, now: Date, notice?: Notice): Promise<ClusterReport> {
  if (isEkmError(cluster))
    return { connection, failure: { code: cluster.code, message: withWayOut(cluster, PULUMI_WORDS) } };
  const { tlsVerification, settings } = cluster;
  const reached = { connection, endpoint: settings.endpoint, tlsVerification };
  try {
    return { ...reached, facts: clusterFacts(await observe(cluster), now, notice) };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { ...reached, failure: { code: error.code, message: withWayOut(error, PULUMI_WORDS) } };
  }
}

async function readDrift(
  { resources, leftOut }: Sources,
  { project, stack, recorded }: State,
  clock: Clock,
): Promise<DriftReport> {
  const compared = resources.map(({ resource, connection }) => compare(resource, connection, clock));
  return { project, stack, recorded, leftOut: leftOut || undefined, resources: await Promise.all(compared) };
}
