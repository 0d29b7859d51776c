import type { Graph } from '../blocks/graph.ts';

/** A recipe as this server stores it. */
export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Markdown. */
  readonly help: string;
  readonly tags: readonly string[];
  /** Without an owner, like the templates of Omnitool (wire 3). */
  readonly public: boolean;
  /** Left out of listings, but loadable (wire 2b). */
  readonly hidden: boolean;
  /** A bare file name, a URL, or a path of this server that is sent as a URL; null: no picture (wire 2b). */
  readonly picture: string | null;
  /** Milliseconds since 1970, as is `updated`. */
  readonly created: number;
  readonly updated: number;
  readonly nodes: Graph;
}
