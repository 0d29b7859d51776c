import { AppError } from '../app-error.ts';
import type { Area, HandlerPorts } from './ports.ts';

export function recipeHandlers({ core }: HandlerPorts): Area<'recipes'> {
  const { catalogue } = core;
  return {
    'recipes:refresh': () => catalogue.refresh(),
    'recipes:load': ({ recipeId }) => catalogue.load(recipeId),
    'recipes:want': () => null,
    'recipes:detail': () => {
      throw new AppError('internal');
    },
    'recipes:favourite': () => {
      throw new AppError('internal');
    },
  };
}
