/** A facet as its asker sees it: every verb becomes one call over the port. */
import { type FacetCall, type FacetName, type Facets, facetVerbs } from '../contracts/index.ts';

export function facetOver<F extends FacetName>(name: F, call: (call: FacetCall) => Promise<unknown>): Facets[F] {
  const verbs = Object.keys(facetVerbs[name]).map((verb) => [
    verb,
    (...args: unknown[]) => call({ facet: name, verb, args } as FacetCall),
  ]);
  return Object.fromEntries(verbs) as Facets[F];
}
