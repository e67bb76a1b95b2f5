/** A red square of 48 by 48 pixels: what it shows can be checked in one word. */
export const redSquare =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAIAAADYYG7QAAAAOklEQVR42u3OMQ0AAAgDsEmZfzVIwgXhaFIBzbSvREhISEhISEhISEhISEhISEhISEhISEhISEjozgJp1ZCIk6+mLwAAAABJRU5ErkJggg==';
