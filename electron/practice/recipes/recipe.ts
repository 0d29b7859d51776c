import type { Graph } from './graph.ts';

/** A recipe as this server keeps it. */
export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Markdown. */
  readonly help: string;
  readonly tags: readonly string[];
  /** Owned by nobody, as the templates that come with Omnitool (wire 3). */
  readonly public: boolean;
  /** Left out of listings, but there (wire 2b). */
  readonly hidden: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  readonly nodes: Graph;
}
