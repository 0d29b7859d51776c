import type { Attachment } from 'svelte/attachments';

/**
 * Lets an element be dragged out of the window as files. The page's own drag is cancelled; `start` makes the main
 * process begin a drag of the desktop. Keyboard users have Save and Copy instead.
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
