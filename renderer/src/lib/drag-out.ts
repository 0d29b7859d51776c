import type { Attachment } from 'svelte/attachments';

/**
 * Lets an element be dragged out of the window as files: the page's own drag ends at once, and `start` has main go on
 * with one of the desktop's. For the keyboard there are Save and Copy.
 */
export const dragOut =
  (start: () => void): Attachment<HTMLElement> =>
  (element) => {
    const begin = (event: DragEvent): void => {
      event.preventDefault();
      start();
    };
    element.draggable = true;
    element.addEventListener('dragstart', begin);
    return () => {
      element.draggable = false;
      element.removeEventListener('dragstart', begin);
    };
  };
