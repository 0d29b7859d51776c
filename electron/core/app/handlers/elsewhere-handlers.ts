import { AppError } from '../app-error.ts';
import type { Area } from './ports.ts';

export const elsewhereHandlers = (): Area<'elsewhere'> => ({
  'elsewhere:open': () => {
    throw new AppError('not-found');
  },
});
