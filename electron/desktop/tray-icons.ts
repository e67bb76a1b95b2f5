import { nativeImage, type NativeImage } from 'electron';
import type { TrayShape } from './tray-menu.ts';

/**
 * `build/tray/<name>.png` as data URLs: the pictures are inlined into the main bundle (300 bytes each), so they are
 * found in a package as well as in a checkout, whatever the working directory is.
 */
const pictures: Record<string, string> = import.meta.glob('../../build/tray/*.png', {
  query: '?inline',
  import: 'default',
  eager: true,
});

function picture(name: string): string {
  const dataURL = pictures[`../../build/tray/${name}.png`];
  if (dataURL === undefined) throw new Error(`The bundle has no tray picture ${name}`);
  return dataURL;
}

/** On macOS a template, which the system colours for its menu bar; elsewhere in colours of our own. */
export function trayIcon(shape: TrayShape, platform: NodeJS.Platform): NativeImage {
  const name = platform === 'darwin' ? `${shape}Template` : shape;
  const image = nativeImage.createFromDataURL(picture(name));
  image.addRepresentation({ scaleFactor: 2, dataURL: picture(`${name}@2x`) });
  image.setTemplateImage(platform === 'darwin');
  return image;
}
