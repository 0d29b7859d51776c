import type { Area, HandlerPorts } from './ports.ts';

/** Listing, loading and marking recipes. */
export function recipeHandlers({ core }: HandlerPorts): Area<'recipes'> {
  const { catalogue } = core;
  return {
    'recipes:refresh': () => catalogue.refresh(),
    'recipes:load': ({ recipeId }) => catalogue.load(recipeId),
    'recipes:want': ({ recipeIds }) => catalogue.want(recipeIds),
    'recipes:detail': ({ recipeId }) => catalogue.detail(recipeId),
    'recipes:favourite': ({ recipeId, favourite }) => catalogue.favour(recipeId, favourite),
  };
}
